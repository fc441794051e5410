#include "edition/answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <thread>

#include "base/error.hpp"
#include "diversity/diverse_lists.hpp"
#include "edition/edition.hpp"
#include "edition/in_memory_reader.hpp"
#include "edition/test_catalogue.hpp"
#include "features/features.hpp"
#include "kernel/most_similar.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Recommendation> scores(const QueryResult& answer) {
    return answer.list.entries;
}

std::vector<std::int64_t> ids(const QueryResult& answer) {
    std::vector<std::int64_t> result;
    for (const Recommendation& entry : answer.list.entries) {
        result.push_back(to_number(entry.show));
    }
    return result;
}

class Queries : public testing::Test {
  protected:
    Queries() { publish(1, some_shows(150)); }

    void publish(std::int64_t number, const Catalogue& catalogue) {
        catalogue_ = catalogue;
        reader_.publish(number, catalogue);
        features_ = read_features(reader_, number);
    }
    QueryResult ask(const Query& query) { return answer(query, *features_, default_weights); }
    const Show& show(ShowId id) { return catalogue_.shows[static_cast<std::size_t>(to_number(id)) - 1]; }
    RankedList stored_list(ShowId id) { return {read_list(reader_, reader_.generation->number, id, 20, 0)}; }

    InMemoryReader reader_;
    Catalogue catalogue_;
    std::unique_ptr<const IndexedFeatures> features_;
};

TEST_F(Queries, about_one_show_have_the_list_of_that_show_for_every_show) {
    for (const Show& s : catalogue_.shows) {
        EXPECT_EQ(scores(ask({.likes = {s.id}, .n = 20, .min_similarity = 0.1})), stored_list(s.id).entries)
            << s.name;
    }
}

TEST_F(Queries, with_a_filter_have_n_shows_wherever_there_are_n) {
    const auto all_pass = [&](const Query& query, auto passes) {
        std::size_t there = 0;
        for (const Show& s : catalogue_.shows) {
            there += s.id != query.likes[0] && passes(s) ? 1 : 0;
        }
        const QueryResult answer = ask(query);
        EXPECT_EQ(answer.list.entries.size(), std::min(query.n, there));
        EXPECT_GT(there, 0u);
        for (const Recommendation& entry : answer.list.entries) {
            EXPECT_TRUE(passes(show(entry.show))) << show(entry.show).name;
        }
    };
    const auto has = [](const Show& s, const std::string& genre) {
        return std::find(s.genres.begin(), s.genres.end(), genre) != s.genres.end();
    };
    all_pass({.likes = {ShowId{1}}, .filter = {.genres = {"COMEDIE"}}, .n = 50},
             [&](const Show& s) { return has(s, "Comédie"); });
    all_pass({.likes = {ShowId{1}}, .filter = {.genres = {"crime", "nature"}}, .n = 200},
             [&](const Show& s) { return has(s, "Crime") || has(s, "Nature"); });
    all_pass({.likes = {ShowId{1}}, .filter = {.types = {"reality"}}, .n = 5},
             [](const Show& s) { return s.type == "Reality"; });
    all_pass({.likes = {ShowId{1}}, .filter = {.languages = {"Thai"}}, .n = 20},
             [](const Show& s) { return s.language == "Thai"; });
    all_pass({.likes = {ShowId{1}}, .filter = {.networks = {"network 39", "network 38"}}, .n = 20},
             [](const Show& s) { return s.platform == "Network 39" || s.platform == "Network 38"; });
    all_pass({.likes = {ShowId{1}}, .filter = {.statuses = {"Ended"}, .min_rating = 5.5}, .n = 50},
             [](const Show& s) { return s.status == "Ended" && s.rating && *s.rating >= 5.5; });
    EXPECT_THAT(ids(ask({.likes = {ShowId{1}}, .filter = {.types = {"Opera"}}})), IsEmpty());
}

TEST_F(Queries, with_diversity_are_chosen_from_the_first_200_shows) {
    const QueryResult ranking = ask({.likes = {ShowId{3}}, .n = 200});
    const QueryResult diverse = ask({.likes = {ShowId{3}}, .n = 20, .diversity = 0.5});
    ASSERT_EQ(diverse.list.entries.size(), 20u);
    EXPECT_EQ(diverse.list.reasons.size(), 20u);
    EXPECT_EQ(scores(diverse),
              diverse_list(scores(ranking), features_->features(), {.top_n = 20, .diversity = 0.5}, {}));
    EXPECT_NE(ids(diverse), ids(ask({.likes = {ShowId{3}}, .n = 20})));
    EXPECT_EQ(scores(ask({.likes = {ShowId{3}}, .n = 20, .diversity = 0})),
              scores(ask({.likes = {ShowId{3}}, .n = 20})));
    for (const Recommendation& r :
         scores(ask({.likes = {ShowId{3}}, .n = 20, .min_similarity = 0.4, .diversity = 0.9}))) {
        EXPECT_GE(r.score, 0.4);
    }
}

TEST_F(Queries, limit_the_shows_of_a_franchise) {
    std::vector<std::uint32_t> franchises;  // ten
    for (std::size_t row = 0; row < catalogue_.shows.size(); ++row) {
        franchises.push_back(static_cast<std::uint32_t>(row % 10));
    }
    for (const double diversity : {0.0, 0.5}) {
        const QueryResult result =
            answer({.likes = {ShowId{3}}, .n = 50, .diversity = diversity, .max_per_franchise = 2},
                   *features_, default_weights, franchises);
        std::vector<std::size_t> count(10);
        for (const std::int64_t id : ids(result)) {
            ++count[static_cast<std::size_t>(id - 1) % 10];
        }
        EXPECT_THAT(count, testing::Each(2)) << diversity;
    }
}

TEST_F(Queries, leave_out_what_is_excluded_liked_and_disliked) {
    const std::vector<std::int64_t> first = ids(ask({.likes = {ShowId{3}}, .n = 5}));
    Query query{.likes = {ShowId{3}}, .n = 150};
    query.filter.exclude = {ShowId{first[0]}, ShowId{first[2]}, ShowId{9'999}};
    const std::vector<std::int64_t> rest = ids(ask(query));
    EXPECT_EQ(rest[0], first[1]);
    EXPECT_EQ(rest[1], first[3]);
    query = {.likes = {ShowId{3}, ShowId{4}}, .dislikes = {ShowId{5}}, .n = 150, .min_similarity = -1};
    const std::vector<std::int64_t> answer = ids(ask(query));
    EXPECT_EQ(answer.size(), 147u);
    for (const std::int64_t id : {3, 4, 5}) {
        EXPECT_EQ(std::count(answer.begin(), answer.end(), id), 0);
    }
}

TEST_F(Queries, count_a_show_once_and_name_those_that_are_unknown) {
    const QueryResult once = ask({.likes = {ShowId{3}, ShowId{8}}});
    const QueryResult twice =
        ask({.likes = {ShowId{3}, ShowId{3}, ShowId{777}, ShowId{8}}, .dislikes = {ShowId{778}}});
    EXPECT_EQ(scores(twice), scores(once));
    EXPECT_THAT(twice.unknown, ElementsAre(ShowId{777}, ShowId{778}));
    EXPECT_THAT(ids(ask({.likes = {ShowId{777}}})), IsEmpty());
}

TEST_F(Queries, with_other_weights_have_scores_made_with_them) {
    const QueryResult answer = ask({.likes = {ShowId{3}}, .weights = Weights{0, 0, 1}});
    EXPECT_EQ(answer.weights, (Weights{0, 0, 1}));
    for (const Recommendation& r : scores(answer)) {
        EXPECT_EQ(r.score, r.parts[Part::metadata]);
    }
    EXPECT_EQ(ask({.likes = {ShowId{3}}}).weights, default_weights);
}

TEST_F(Queries, about_a_show_from_elsewhere_that_is_equal_to_one_have_its_scores) {
    Show copy = show(ShowId{12});
    copy.id = ShowId{4'000};
    copy.summary = "<p>" + copy.summary_text + "</p>";
    copy.summary_text.clear();
    Query query{.external_show = copy, .n = 20, .min_similarity = 0.1};
    query.filter.exclude = {ShowId{12}};
    EXPECT_EQ(scores(ask(query)), scores(ask({.likes = {ShowId{12}}, .n = 20, .min_similarity = 0.1})));
}

TEST_F(Queries, about_a_text_are_scored_by_the_text_alone) {
    Show text;
    text.summary = "A detective, a murder in the city";
    const QueryResult answer = ask({.external_show = text, .text_alone = true, .n = 5});
    ASSERT_EQ(answer.list.entries.size(), 5u);
    for (const Recommendation& r : scores(answer)) {
        EXPECT_GT(r.parts[Part::text], 0.0);
        EXPECT_EQ(r.score, r.parts[Part::text]);
        EXPECT_EQ(r.parts[Part::genre], 0.0);
        EXPECT_EQ(r.parts[Part::metadata], 0.0);
    }
}

TEST_F(Queries, tell_the_reasons_of_every_show_and_the_same_for_a_stored_list) {
    const QueryResult answer = ask({.likes = {ShowId{3}}, .n = 20});
    RankedList list{answer.list.entries};
    add_reasons(ShowId{3}, *features_, list);
    EXPECT_EQ(list.reasons, answer.list.reasons);
    ASSERT_EQ(list.reasons.size(), list.entries.size());
    for (std::size_t i = 0; i < list.reasons.size(); ++i) {
        const Show& a = show(ShowId{3});
        const Show& b = show(list.entries[i].show);
        const Reasons& reasons = list.reasons[i];
        EXPECT_EQ(reasons.network, a.platform == b.platform ? a.platform : "");
        EXPECT_EQ(reasons.language, a.language == b.language ? a.language : "");
        EXPECT_EQ(reasons.type, a.type == b.type ? a.type : "");
        EXPECT_EQ(reasons.terms.empty(), list.entries[i].parts[Part::text] == 0);
        EXPECT_FALSE(reasons.sentence.empty());
    }
}

TEST_F(Queries, give_no_reasons_to_a_list_of_another_database) {
    RankedList list = stored_list(ShowId{3});
    list.entries.back().parts[Part::text] += 0.25;
    EXPECT_THROW(add_reasons(ShowId{3}, *features_, list), Error);
    list = stored_list(ShowId{3});
    list.entries.back().show = ShowId{9'999};
    EXPECT_THROW(add_reasons(ShowId{3}, *features_, list), Error);
    list = stored_list(ShowId{3});
    add_reasons(ShowId{3}, *features_, list);
    EXPECT_EQ(list.reasons.size(), list.entries.size());
}

TEST(TheShowRows, find_every_show_and_no_other) {
    const auto id = [](std::int64_t number) { return ShowId{number}; };
    for (const std::vector<ShowId>& ids : std::vector<std::vector<ShowId>>{
             {},
             {id(7)},
             {id(1), id(2), id(3)},
             {id(5), id(6), id(90), id(91), id(92), id(4'000)},
             {id(1), id(9'000'000'000), id(9'000'000'001)},
         }) {
        const ShowRows rows(ids);
        for (std::size_t row = 0; row < ids.size(); ++row) {
            EXPECT_EQ(rows.find(ids[row]), row);
        }
        for (const std::int64_t none : {-1, 0, 4, 8, 89, 93, 3'999, 4'001}) {
            EXPECT_EQ(rows.find(id(none)), std::nullopt) << none;
        }
        EXPECT_EQ(rows.find(id(8'999'999'999)), std::nullopt);
        EXPECT_EQ(rows.find(id(9'000'000'002)), std::nullopt);
    }
}

TEST_F(Queries, are_answered_by_many_threads_at_a_time) {
    const auto expected = scores(ask({.likes = {ShowId{3}}}));
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i) {
                EXPECT_EQ(scores(ask({.likes = {ShowId{3}}})), expected);
            }
        });
    }
}

}  // namespace
}  // namespace bingefriend
