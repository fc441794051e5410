#include "query/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <thread>

#include "base/error.hpp"
#include "features/features.hpp"
#include "query/fake_reader.hpp"
#include "query/live_catalogue.hpp"
#include "similarity/similarity.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Catalogue some_shows(std::size_t n) {
    const std::vector<std::string> words{"detective", "murder", "city", "war",   "king", "family",
                                         "robot",     "space",  "cook", "judge", "song", "island"};
    const std::vector<std::string> genres{"Drama", "Crime", "Comédie", "Romance", "Nature"};
    Catalogue catalogue;
    for (std::size_t i = 0; i < n; ++i) {
        Show show{.id = ShowId{static_cast<std::int64_t>(i) + 1},
                  .name = "Show " + std::to_string(i),
                  .genres = {genres[i % 5]},
                  .type = i % 4 == 0 ? "Reality" : "Scripted",
                  .language = i % 3 == 0   ? ""
                              : i % 2 == 0 ? "English"
                                           : "Thai",
                  .status = i % 2 == 0 ? "Ended" : "Running",
                  .platform = "Network " + std::to_string(i % 40)};
        if (i % 7 != 0) {
            show.genres.push_back(genres[(i / 5 + 1 + i % 5) % 5]);
        }
        if (i % 3 != 1) {
            show.rating = static_cast<double>(i % 10) + 0.5;
        }
        for (std::size_t k = 1; k < 9; ++k) {
            show.summary_text += words[(i * k + k) % words.size()] + ' ';
        }
        catalogue.shows.push_back(show);
    }
    return catalogue;
}

std::vector<Recommendation> scores(const QueryAnswer& answer) {
    return answer.list.entries;
}

std::vector<std::int64_t> ids(const QueryAnswer& answer) {
    std::vector<std::int64_t> result;
    for (const Recommendation& entry : answer.list.entries) {
        result.push_back(to_number(entry.show));
    }
    return result;
}

class Queries : public testing::Test {
  protected:
    Queries() { reader_.publish(1, some_shows(150)); }

    QueryAnswer ask(const Query& query) { return queries_->answer(query, reader_); }
    const Show& show(ShowId id) {
        return reader_.catalogues[1].shows[static_cast<std::size_t>(to_number(id)) - 1];
    }

    FakeReader reader_;
    std::unique_ptr<QueryAnswerer> queries_ = open_queries();
};

TEST_F(Queries, about_one_show_have_the_list_of_that_show_for_every_show) {
    const RecommendationLists& lists = reader_.most_similar_of[1];
    for (std::size_t row = 0; row < lists.size(); ++row) {
        const auto list = lists.of(row);
        EXPECT_EQ(scores(ask({.likes = {lists.shows[row]}, .n = 20, .min_similarity = 0.1})),
                  std::vector(list.begin(), list.end()))
            << "row " << row;
    }
    EXPECT_EQ(reader_.times_read, 1) << "the features are read once";
}

TEST_F(Queries, with_a_filter_have_n_shows_wherever_there_are_n) {
    const auto all_pass = [&](const Query& query, auto passes) {
        std::size_t there = 0;
        for (const Show& s : reader_.catalogues[1].shows) {
            there += s.id != query.likes[0] && passes(s) ? 1 : 0;
        }
        const QueryAnswer answer = ask(query);
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
    const QueryAnswer once = ask({.likes = {ShowId{3}, ShowId{8}}});
    const QueryAnswer twice =
        ask({.likes = {ShowId{3}, ShowId{3}, ShowId{777}, ShowId{8}}, .dislikes = {ShowId{778}}});
    EXPECT_EQ(scores(twice), scores(once));
    EXPECT_THAT(twice.unknown, ElementsAre(ShowId{777}, ShowId{778}));
    EXPECT_THAT(ids(ask({.likes = {ShowId{777}}})), IsEmpty());
}

TEST_F(Queries, with_other_weights_have_scores_made_with_them) {
    const QueryAnswer answer = ask({.likes = {ShowId{3}}, .weights = Weights{0, 0, 1}});
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
    Query query{.foreign = copy, .n = 20, .min_similarity = 0.1};
    query.filter.exclude = {ShowId{12}};
    EXPECT_EQ(scores(ask(query)), scores(ask({.likes = {ShowId{12}}, .n = 20, .min_similarity = 0.1})));
}

TEST_F(Queries, about_a_text_are_scored_by_the_text_alone) {
    Show text;
    text.summary = "A detective, a murder in the city";
    const QueryAnswer answer = ask({.foreign = text, .text_alone = true, .n = 5});
    ASSERT_EQ(answer.list.entries.size(), 5u);
    for (const Recommendation& r : scores(answer)) {
        EXPECT_GT(r.parts[Part::text], 0.0);
        EXPECT_EQ(r.score, r.parts[Part::text]);
        EXPECT_EQ(r.parts[Part::genre], 0.0);
        EXPECT_EQ(r.parts[Part::metadata], 0.0);
    }
}

TEST_F(Queries, tell_the_reasons_of_every_show_and_the_same_for_a_stored_list) {
    const QueryAnswer answer = ask({.likes = {ShowId{3}}, .n = 20});
    EXPECT_EQ(answer.list.generation, 1);
    ExplainedList list{1, answer.list.entries};
    queries_->explain(ShowId{3}, list, reader_);
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

TEST_F(Queries, leave_reasons_out_where_the_features_are_missing) {
    ExplainedList list{8, {{.show = ShowId{4}}}};
    queries_->explain(ShowId{3}, list, reader_);
    EXPECT_THAT(list.reasons, IsEmpty());
}

TEST_F(Queries, are_prepared_before_they_are_asked_and_again_where_the_number_is_that_of_another_time) {
    reader_.generation->computed_at = "2026-11-22T09:00:00Z";
    queries_->prepare(*reader_.generation, reader_);
    EXPECT_EQ(reader_.times_read, 1);
    EXPECT_FALSE(ids(ask({.likes = {ShowId{3}}})).empty());
    queries_->prepare(*reader_.generation, reader_);
    EXPECT_EQ(reader_.times_read, 1);
    reader_.publish(1, some_shows(60));
    reader_.generation->computed_at = "2026-11-29T09:00:00Z";
    queries_->prepare(*reader_.generation, reader_);
    EXPECT_EQ(reader_.times_read, 2);
    EXPECT_EQ(queries_->overview(reader_).shows, 60u);
}

TEST_F(Queries, complain_once_of_features_that_are_damaged) {
    reader_.damage(1);
    ExplainedList list{1, {{.show = ShowId{4}}}};
    EXPECT_THROW(queries_->explain(ShowId{3}, list, reader_), Error);
    queries_->explain(ShowId{3}, list, reader_);
    EXPECT_THAT(list.reasons, IsEmpty());
    EXPECT_THROW((void)ask({.likes = {ShowId{3}}}), Error);
    reader_.publish(2, some_shows(60));
    EXPECT_FALSE(ids(ask({.likes = {ShowId{3}}})).empty());
}

TEST_F(Queries, refuse_features_that_the_lists_were_not_made_from) {
    Catalogue other = some_shows(150);
    for (Show& show : other.shows) {
        show.summary_text += to_number(show.id) % 2 == 0 ? " island island" : " judge";
    }
    reader_.publish(2, other);
    reader_.give_features_of(1, 2);
    EXPECT_THROW(queries_->prepare(*reader_.generation, reader_), Error);
    EXPECT_THROW((void)ask({.likes = {ShowId{3}}}), Error);
    ExplainedList list = reader_.lists(std::vector{ShowId{3}}, 10).front();
    queries_->explain(ShowId{3}, list, reader_);
    EXPECT_THAT(list.reasons, IsEmpty());
    EXPECT_FALSE(queries_->search("show 7", 5, reader_).empty()) << "which needs no features";
}

TEST_F(Queries, give_no_reasons_to_a_list_of_another_database) {
    queries_->prepare(*reader_.generation, reader_);
    ExplainedList list = reader_.lists(std::vector{ShowId{3}}, 10).front();
    list.entries.back().parts[Part::text] += 0.25;
    EXPECT_THROW(queries_->explain(ShowId{3}, list, reader_), Error);
    list = reader_.lists(std::vector{ShowId{3}}, 10).front();
    list.entries.back().show = ShowId{9'999};
    EXPECT_THROW(queries_->explain(ShowId{3}, list, reader_), Error);
    list = reader_.lists(std::vector{ShowId{3}}, 10).front();
    queries_->explain(ShowId{3}, list, reader_);
    EXPECT_EQ(list.reasons.size(), list.entries.size());
}

TEST_F(Queries, are_answered_from_another_database_with_a_generation_of_the_same_number) {
    reader_.generation->database = "a";
    queries_->prepare(*reader_.generation, reader_);
    EXPECT_EQ(queries_->overview(reader_).shows, 150u);
    reader_.publish(1, some_shows(60));
    reader_.generation->database = "b";
    EXPECT_EQ(queries_->overview(reader_).shows, 60u) << "though nothing prepared them";
    EXPECT_EQ(queries_->ids(reader_).ids.size(), 60u);
}

TEST(RowsOfShows, find_every_show_and_no_other) {
    const auto id = [](std::int64_t number) { return ShowId{number}; };
    for (const std::vector<ShowId>& ids : std::vector<std::vector<ShowId>>{
             {},
             {id(7)},
             {id(1), id(2), id(3)},
             {id(5), id(6), id(90), id(91), id(92), id(4'000)},
             {id(1), id(9'000'000'000), id(9'000'000'001)},
         }) {
        const RowsOfShows rows(ids);
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

TEST_F(Queries, give_the_catalogue_in_figures) {
    const CatalogueOverview overview = queries_->overview(reader_);
    EXPECT_EQ(overview.shows, 150u);
    EXPECT_EQ(overview.with_genres, 150u);
    EXPECT_EQ(overview.with_language, 100u);
    EXPECT_EQ(overview.with_rating, 100u);
    EXPECT_EQ(std::accumulate(overview.ratings.begin(), overview.ratings.end(), std::size_t{0}), 100u);
    EXPECT_THAT(overview.types, ElementsAre(NamedCount{"Scripted", 112}, NamedCount{"Reality", 38}));
    EXPECT_EQ(overview.networks.size(), 40u);
    EXPECT_EQ(overview.well_known.size(), 6u);
    for (const ShowId id : overview.well_known) {
        EXPECT_GE(show(id).rating.value_or(0), 8.5);
    }
}

TEST_F(Queries, follow_the_published_generation_forth_and_back) {
    const auto before = scores(ask({.likes = {ShowId{3}}}));
    Catalogue other = some_shows(60);
    std::reverse(other.shows[2].genres.begin(), other.shows[2].genres.end());
    other.shows[2].summary_text = "robot robot song";
    reader_.publish(2, other);
    const auto after = scores(ask({.likes = {ShowId{3}}}));
    EXPECT_NE(before, after);
    reader_.generation = Generation{.number = 1};
    EXPECT_EQ(scores(ask({.likes = {ShowId{3}}})), before);
    EXPECT_EQ(reader_.times_read, 3);
}

TEST_F(Queries, without_features_or_a_generation_say_so) {
    reader_.generation = Generation{.number = 8};
    EXPECT_THROW((void)ask({.likes = {ShowId{3}}}), Error);
    reader_.generation.reset();
    EXPECT_THROW((void)ask({.likes = {ShowId{3}}}), Error);
}

TEST_F(Queries, tell_the_ids_of_the_published_generation) {
    const PublishedIds first = queries_->ids(reader_);
    EXPECT_EQ(first.generation, 1);
    ASSERT_EQ(first.ids.size(), 150u);
    EXPECT_EQ(first.ids.back(), ShowId{150});
    reader_.publish(2, some_shows(7));
    EXPECT_EQ(queries_->ids(reader_).generation, 2);
    EXPECT_EQ(queries_->ids(reader_).ids.size(), 7u);
    EXPECT_EQ(first.ids.size(), 150u) << "who has them keeps them";
    EXPECT_EQ(first.ids.back(), ShowId{150});
    reader_.generation.reset();
    EXPECT_EQ(queries_->ids(reader_).generation, 0);
    EXPECT_TRUE(queries_->ids(reader_).ids.empty());
}

TEST_F(Queries, are_answered_by_many_threads_at_a_time) {
    const auto expected = scores(ask({.likes = {ShowId{3}}}));
    const std::unique_ptr<QueryAnswerer> fresh = open_queries();
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            FakeReader own;
            own.publish(1, reader_.catalogues.at(1));
            for (int i = 0; i < 20; ++i) {
                EXPECT_EQ(scores(fresh->answer({.likes = {ShowId{3}}}, own)), expected);
            }
        });
    }
}

}  // namespace
}  // namespace bingefriend
