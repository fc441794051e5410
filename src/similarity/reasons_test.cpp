#include "similarity/reasons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "similarity/oracle.hpp"
#include "similarity/reason_sentence.hpp"
#include "similarity/test_catalogues.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Features two_shows() {
    Features f;
    f.ids = {ShowId{1}, ShowId{2}};
    f.genres.names = {"Comedy", "Crime", "Drama"};
    f.genres.row_start = {0, 2, 5};
    f.genres.column = {1, 2, 0, 1, 2};
    f.vocabulary.terms = {"boat", "cartel", "drug", "school", "teacher"};
    f.text.row_start = {0, 4, 8};
    f.text.column = {1, 2, 3, 4, 0, 1, 2, 4};
    f.text.value = {0.5, 0.1, 0.7, 0.5, 0.1, 0.6, 0.3, 0.5};
    f.platform = {{"AMC", "other"}, {0, 0}};
    f.type = {{"Scripted"}, {0, 0}};
    f.language = {{"English", "other"}, {0, 0}};
    return f;
}

ExplainedShow show(const Features& f, std::size_t row, std::string_view network = {},
                   std::string_view language = {}) {
    return {f.genres.of(row), f.text.columns_of(row), f.text.values_of(row), f.type.column[row], network,
            language};
}

std::vector<std::string> named(std::size_t n, const std::string& what) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < n; ++i) {
        names.push_back(what + std::to_string(i));
    }
    return names;
}

Features random_named_features(std::uint64_t seed) {
    Features f = random_features({.shows = 60}, seed);
    f.genres.names = named(6, "genre");
    f.vocabulary.terms = named(30, "term");
    f.type.names = named(4, "type");
    return f;
}

TEST(Reasons, name_what_is_shared_and_the_terms_that_weigh_most) {
    const Features f = two_shows();
    const Explainer explainer(f, {show(f, 0, "AMC", "English")}, "English");
    const Reasons reasons = explainer.of(show(f, 1, "AMC", "English"));
    EXPECT_THAT(reasons.genres, ElementsAre("Crime", "Drama"));
    ASSERT_THAT(reasons.terms, SizeIs(3));
    const double dot = 0.5 * 0.6 + 0.1 * 0.3 + 0.5 * 0.5;
    EXPECT_EQ(reasons.terms[0].term, "cartel");
    EXPECT_DOUBLE_EQ(reasons.terms[0].share, 0.3 / dot);
    EXPECT_EQ(reasons.terms[1].term, "teacher");
    EXPECT_DOUBLE_EQ(reasons.terms[1].share, 0.25 / dot);
    EXPECT_EQ(reasons.terms[2].term, "drug");
    EXPECT_EQ(reasons.network, "AMC");
    EXPECT_EQ(reasons.type, "Scripted");
    EXPECT_EQ(reasons.language, "English");
    EXPECT_EQ(
        reasons.sentence,
        "Both are crime dramas on AMC, and their summaries share the terms “cartel”, “teacher” and “drug”.");
}

TEST(Reasons, do_not_share_two_networks_that_both_count_as_other) {
    Features f = two_shows();
    f.platform.column = {1, 1};
    const Explainer explainer(f, {show(f, 0, "Local 1")});
    EXPECT_EQ(explainer.of(show(f, 1, "Local 2")).network, "");
    EXPECT_EQ(explainer.of(show(f, 1)).network, "");
}

TEST(Reasons, name_the_year_if_the_score_counts_it) {
    Features f = two_shows();
    f.settings.text.name = 2;
    ExplainedShow like = show(f, 0, "AMC");
    ExplainedShow other = show(f, 1, "AMC");
    like.year = other.year = 2013;
    EXPECT_EQ(Explainer(f, {like}).of(other).year, 2013);
    EXPECT_EQ(Explainer(f, {like}).of(other).sentence,
              "Both are crime dramas on AMC, both premiered in 2013, and their names or summaries share the "
              "terms “cartel”, “teacher” and “drug”.");
    EXPECT_EQ(Explainer(f, {like, show(f, 1)}).of(other).sentence,
              "Shared with one or more of the shows chosen: the genres Comedy, Crime and Drama, the network "
              "AMC, the year 2013 and terms of names or summaries (“cartel”, “teacher” and “drug”).");
    EXPECT_EQ(Explainer(f, {like}).of({.year = 2013}).sentence, "Both premiered in 2013.");
    other.year = 2014;
    EXPECT_EQ(Explainer(f, {like}).of(other).year, 0);
    EXPECT_EQ(Explainer(f, {show(f, 0)}).of(show(f, 1)).year, 0);
}

TEST(Reasons, of_several_shows_are_shared_with_at_least_one) {
    const Features f = two_shows();
    const Explainer explainer(f, {show(f, 0, "AMC"), show(f, 1, "FX")});
    const Reasons reasons = explainer.of(show(f, 1, "FX"));
    EXPECT_THAT(reasons.genres, ElementsAre("Comedy", "Crime", "Drama"));
    EXPECT_EQ(reasons.network, "FX");
    EXPECT_EQ(reasons.sentence,
              "Shared with one or more of the shows chosen: the genres Comedy, Crime and Drama, the network "
              "FX and terms of summaries (“cartel”, “teacher” and “drug”).");
}

TEST(Reasons, match_the_scores_on_random_catalogues) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Features f = random_named_features(seed);
        for (std::size_t a = 0; a < f.size(); ++a) {
            const Explainer explainer(f, {show(f, a)});
            for (std::size_t b = 0; b < f.size(); ++b) {
                const Reasons reasons = explainer.of(show(f, b));
                const Recommendation score = oracle_pair(f, {}, a, b);
                EXPECT_EQ(reasons.genres.empty(), score.parts[Part::genre] == 0);
                EXPECT_EQ(reasons.terms.empty(), score.parts[Part::text] == 0);
                double shares = 0;
                double last = 1;
                for (const SharedTerm& term : reasons.terms) {
                    EXPECT_GT(term.share, 0);
                    EXPECT_LE(term.share, last);
                    shares += last = term.share;
                }
                EXPECT_LE(shares, 1 + 1e-12);
                if (reasons.terms.size() == 1 || reasons.terms.size() == 2) {
                    EXPECT_NEAR(shares, 1, 1e-12) << "all terms are told, so they carry all";
                }
                EXPECT_EQ(reasons.type.empty(),
                          f.type.column[a] == Categories::none || f.type.column[a] != f.type.column[b]);
            }
        }
    }
}

// Finds the shared terms one by one, by weight.
std::vector<std::pair<double, std::string>> plain_terms(const Features& f,
                                                        const std::vector<std::size_t>& likes,
                                                        std::size_t show) {
    std::map<std::int32_t, double> mean;
    for (const std::size_t like : likes) {
        for (std::size_t i = 0; i < f.text.columns_of(like).size(); ++i) {
            mean[f.text.columns_of(like)[i]] += f.text.values_of(like)[i] / static_cast<double>(likes.size());
        }
    }
    double dot = 0;
    std::vector<std::pair<double, std::string>> terms;
    for (std::size_t i = 0; i < f.text.columns_of(show).size(); ++i) {
        if (const auto at = mean.find(f.text.columns_of(show)[i]); at != mean.end()) {
            dot += terms
                       .emplace_back(f.text.values_of(show)[i] * at->second,
                                     f.vocabulary.terms[static_cast<std::size_t>(at->first)])
                       .first;
        }
    }
    std::stable_sort(terms.begin(), terms.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    terms.resize(std::min<std::size_t>(terms.size(), 3));
    for (auto& term : terms) {
        term.first /= dot;
    }
    return terms;
}

TEST(Reasons, name_the_terms_that_a_plain_search_finds) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Features f = random_named_features(seed);
        for (std::size_t a = 0; a + 2 < f.size(); ++a) {
            for (const std::vector<std::size_t>& likes :
                 {std::vector{a}, std::vector{a, a + 1}, std::vector{a + 2, a, a + 1}}) {
                std::vector<ExplainedShow> shows;
                for (const std::size_t like : likes) {
                    shows.push_back(show(f, like));
                }
                const Explainer explainer(f, shows);
                for (std::size_t b = 0; b < f.size(); ++b) {
                    std::vector<std::pair<double, std::string>> told;
                    for (const SharedTerm& term : explainer.of(show(f, b)).terms) {
                        told.emplace_back(term.share, term.term);
                    }
                    const auto plain = plain_terms(f, likes, b);
                    ASSERT_EQ(told.size(), plain.size());
                    for (std::size_t i = 0; i < told.size(); ++i) {
                        EXPECT_EQ(told[i].second, plain[i].second);
                        EXPECT_NEAR(told[i].first, plain[i].first, 1e-12);
                    }
                }
            }
        }
    }
}

TEST(ReasonSentence, reads_as_english) {
    const auto both = [](const Reasons& reasons) {
        return reason_sentence(reasons, {.usual_language = true});
    };
    EXPECT_EQ(both({.genres = {"Drama", "Thriller"}, .type = "Scripted"}), "Both are dramas and thrillers.");
    EXPECT_EQ(both({.genres = {"Action", "Crime", "Science-Fiction"}}),
              "Both are action, crime and science-fiction shows.");
    EXPECT_EQ(both({.genres = {"Nature"}, .network = "BBC One", .type = "Documentary"}),
              "Both are nature documentaries on BBC One.");
    EXPECT_EQ(both({.genres = {"Comedy"}, .type = "Animation"}), "Both are comedy animations.");
    EXPECT_EQ(both({.type = "Scripted"}), "Both are scripted shows.");
    EXPECT_EQ(both({.genres = {"Film Noir"}}), "Both are Film Noir shows.");
    EXPECT_EQ(both({.terms = {{"island", 1}}}), "Their summaries share the term “island”.");
    EXPECT_EQ(both({.network = "AMC"}), "Both are on AMC.");
    EXPECT_EQ(both({}), "No named feature in common.");
}

TEST(ReasonSentence, names_the_usual_language_only_if_little_else_is_shared) {
    Reasons reasons{.genres = {"Romance"}, .language = "Korean"};
    EXPECT_EQ(reason_sentence(reasons, {}), "Both are romantic shows in Korean.");
    EXPECT_EQ(reason_sentence(reasons, {.usual_language = true}), "Both are romantic shows.");
    reasons.genres.clear();
    EXPECT_EQ(reason_sentence(reasons, {.usual_language = true}), "Both are in Korean.");
}

TEST(ReasonSentence, names_a_word_once_if_a_longer_term_contains_it) {
    const Reasons reasons{.terms = {{"york", 0.4}, {"new york", 0.4}, {"yorkshire", 0.2}}};
    EXPECT_EQ(reason_sentence(reasons, {}), "Their summaries share the terms “new york” and “yorkshire”.");
}

}  // namespace
}  // namespace bingefriend
