#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "evaluation/oracle.hpp"
#include "evaluation/random.hpp"
#include "evaluation/report.hpp"
#include "evaluation/structure.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<ShowId> some_ids(std::size_t n) {
    std::vector<ShowId> ids;
    for (std::size_t i = 0; i < n; ++i) {
        ids.push_back(ShowId{static_cast<std::int64_t>(10 * i + 1)});
    }
    return ids;
}

// Users of several tastes, with ties, repeated likes and shows that nobody likes.
Likes some_likes(std::size_t shows, std::uint64_t seed, std::size_t min_raters = 2) {
    Random random(seed);
    std::vector<Like> likes;
    for (std::uint32_t user = 0; user < 60; ++user) {
        const std::size_t taste = random.below(3);
        for (std::size_t i = 0; i < 9; ++i) {
            const std::size_t show =
                random.below(4) == 0 ? random.below(shows) : (random.below(shows) / 3 * 3 + taste) % shows;
            likes.push_back({user, static_cast<std::uint32_t>(show)});
        }
    }
    return {likes, some_ids(shows), min_raters};
}

// Lists of different lengths, also empty ones and of shows that are no items.
ShowLists some_lists(std::size_t shows, std::uint64_t seed) {
    Random random(seed);
    ShowLists lists;
    for (const ShowId show : some_ids(shows)) {
        std::vector<ShowId> list;
        for (std::size_t n = random.below(25); n > 0; --n) {
            list.push_back(ShowId{static_cast<std::int64_t>(10 * random.below(shows + 5) + 1)});
        }
        lists.add(show, list);
    }
    return lists;
}

std::vector<std::optional<double>> some_years(std::size_t items, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::optional<double>> years;
    for (std::size_t i = 0; i < items; ++i) {
        years.push_back(random.below(5) == 0 ? std::nullopt
                                             : std::optional(1950.0 + static_cast<double>(random.below(70))));
    }
    return years;
}

void expect_same(const std::vector<double>& values, const std::vector<double>& expected) {
    ASSERT_EQ(values.size(), expected.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(expected[i])) {
            EXPECT_TRUE(std::isnan(values[i])) << i;
        } else {
            EXPECT_NEAR(values[i], expected[i], 1e-12) << i;
        }
    }
}

TEST(Measures, are_those_of_the_definition) {
    for (const std::size_t shows : {3u, 15u, 21u, 70u}) {
        const Likes likes = some_likes(shows, shows);
        const std::vector<ItemLists> lists{item_lists("a", some_lists(shows, 1), likes.ids(), 30),
                                           item_lists("b", some_lists(shows, 2), likes.ids(), 30),
                                           popular_lists(likes, 30)};
        const MeasureSettings settings{.length = 4, .years = some_years(likes.size(), 3)};
        const std::vector<Measures> found = measures(likes, lists, settings);
        const Matrix raw = oracle_cosines(likes);
        const Matrix free = oracle_era_free(raw, settings.years);
        for (std::size_t set = 0; set < lists.size(); ++set) {
            expect_same(found[set].raw.ndcg, oracle_ndcg(raw, lists[set], 4));
            expect_same(found[set].raw.recall, oracle_recall(raw, lists[set], 4));
            expect_same(found[set].era_free->ndcg, oracle_ndcg(free, lists[set], 4));
            expect_same(found[set].era_free->recall, oracle_recall(free, lists[set], 4));
            for (const std::size_t length : {1u, 4u, 20u}) {
                const std::vector<double> recall = oracle_recall(raw, lists[set], length);
                double mean = 0;
                for (const double value : recall) {
                    mean += value / static_cast<double>(recall.size());
                }
                EXPECT_NEAR(found[set].recall_by_length[length - 1], mean, 1e-12);
            }
            EXPECT_NEAR(found[set].hit_rate, oracle_hit_rate(likes, lists[set], 4), 1e-12);
        }
    }
}

TEST(Measures, count_how_evenly_lists_spread) {
    const Likes likes = some_likes(40, 5);
    const ItemLists lists = item_lists("a", some_lists(40, 6), likes.ids(), 30);
    std::vector<double> held(likes.size());
    for (std::size_t item = 0; item < likes.size(); ++item) {
        for (const std::size_t other : oracle_list(lists, item, 3)) {
            ++held[other];
        }
    }
    const Spread found = spread(lists, likes.size(), 3);
    EXPECT_NEAR(found.gini, oracle_gini(held), 1e-12);
    EXPECT_EQ(static_cast<double>(found.largest_hub), *std::max_element(held.begin(), held.end()));
    EXPECT_DOUBLE_EQ(found.coverage, 1 - static_cast<double>(std::count(held.begin(), held.end(), 0)) /
                                             static_cast<double>(likes.size()));
}

TEST(Measures, are_zero_for_empty_lists) {
    const Likes likes = some_likes(20, 7);
    const std::vector<ItemLists> nothing{
        {.name = "none", .start = std::vector<std::size_t>(likes.size() + 1)}};
    const Measures found = measures(likes, nothing, {}).front();
    EXPECT_EQ(found.hit_rate, 0);
    EXPECT_EQ(found.mean_length, 0);
    EXPECT_EQ(found.spread.coverage, 0);
    EXPECT_EQ(found.spread.gini, 0);
    EXPECT_EQ(found.spread.largest_hub, 0u);
    EXPECT_THAT(found.raw.recall, testing::Each(0));
    EXPECT_FALSE(found.era_free);
}

TEST(Measures, have_no_ndcg_for_an_item_that_shares_no_user) {
    const Likes likes({{0, 0}, {0, 1}, {1, 2}}, some_ids(3), 1);
    const std::vector<ItemLists> lists{popular_lists(likes, 10)};
    const Measures found = measures(likes, lists, {}).front();
    EXPECT_EQ(found.raw.ndcg[0], 1);
    EXPECT_TRUE(std::isnan(found.raw.ndcg[2]));
}

TEST(Likes, keep_the_shows_that_enough_users_like) {
    const Likes likes({{0, 0}, {5, 0}, {0, 2}, {0, 2}, {5, 2}, {7, 3}, {5, 3}}, some_ids(5), 2);
    EXPECT_THAT(likes.ids(), ElementsAre(ShowId{1}, ShowId{21}, ShowId{31}));
    EXPECT_THAT(likes.rows(), ElementsAre(0u, 2u, 3u));
    EXPECT_EQ(likes.users(), 3u);
    EXPECT_EQ(likes.total(), 6u);
    EXPECT_THAT(likes.users_of(1), ElementsAre(0u, 5u));
    EXPECT_THAT(likes.items_of(5), ElementsAre(0u, 1u, 2u));
    EXPECT_THAT(likes.items_of(6), SizeIs(0));
}

TEST(Likes, refuse_ratings_without_two_liked_shows) {
    EXPECT_THAT(
        [] {
            (void)Likes({{0, 0}, {1, 0}, {0, 1}}, some_ids(2), 2);
        },
        testing::ThrowsMessage<Error>(HasSubstr("no two shows are liked by 2 users")));
    EXPECT_THROW(Likes({}, some_ids(2), 1), Error);
}

TEST(ItemLists, leave_out_other_shows_the_item_itself_and_repetitions) {
    const Likes likes({{0, 0}, {0, 1}, {0, 3}}, some_ids(4), 1);
    ShowLists lists;
    lists.add(ShowId{1}, std::vector{ShowId{1}, ShowId{21}, ShowId{31}, ShowId{31}, ShowId{11}});
    lists.add(ShowId{31}, std::vector{ShowId{11}, ShowId{1}});
    const ItemLists found = item_lists("a", lists, likes.ids(), 2);
    EXPECT_THAT(found.of(0), ElementsAre(2u, 1u));
    EXPECT_THAT(found.of(1), SizeIs(0)) << "it has no list";
    EXPECT_THAT(found.of(2), ElementsAre(1u, 0u));
}

TEST(ItemLists, for_scale_are_popular_and_random) {
    const Likes likes({{0, 0}, {0, 1}, {0, 2}, {1, 1}, {2, 1}, {1, 2}}, some_ids(3), 1);
    EXPECT_THAT(popular_lists(likes, 2).of(0), ElementsAre(1u, 2u));
    EXPECT_THAT(popular_lists(likes, 2).of(1), ElementsAre(2u, 0u));
    const ItemLists random = random_lists(likes, 10);
    for (std::size_t item = 0; item < 3; ++item) {
        EXPECT_THAT(random.of(item), SizeIs(2));
        EXPECT_THAT(random.of(item), testing::Not(testing::Contains(item)));
    }
    EXPECT_EQ(random.entries, random_lists(likes, 10).entries);
}

TEST(Bootstrap, gives_means_of_numbers_within_their_intervals) {
    std::vector<double> values;
    for (int i = 0; i < 400; ++i) {
        values.push_back(i % 4);
    }
    std::vector<double> with_gaps = values;
    with_gaps[7] = std::nan("");
    const std::vector<std::vector<double>> series{values, with_gaps, std::vector<double>(400, 5)};
    const std::vector<Estimate> found = estimates(series);
    EXPECT_DOUBLE_EQ(found[0].mean, 1.5);
    EXPECT_DOUBLE_EQ(found[1].mean, (600 - 3) / 399.0);
    EXPECT_EQ(found[2], (Estimate{5, 5, 5}));
    const double half = 1.96 * std::sqrt(1.25 / 400);  // of a normal distribution
    EXPECT_NEAR(found[0].low, 1.5 - half, 0.02);
    EXPECT_NEAR(found[0].high, 1.5 + half, 0.02);
    for (const std::size_t threads : {1u, 3u}) {
        EXPECT_EQ(estimates(series, threads), found);
    }
}

TEST(Structures, are_those_of_a_worked_example) {
    const Catalogue catalogue{{{.id = ShowId{1}, .genres = {"Drama"}},
                               {.id = ShowId{2}},  // not one of the rows
                               {.id = ShowId{3}, .genres = {"Drama", "Crime", "Drama"}},
                               {.id = ShowId{4}, .genres = {"Comedy"}},
                               {.id = ShowId{5}}}};
    const std::vector<std::size_t> rows{0, 2, 3, 4};
    const std::vector<ItemLists> sets{{"a", {0, 3, 4, 4, 4}, {1, 2, 3, 0}},
                                      {"b", {0, 2, 3, 3, 3}, {3, 1, 2}}};
    const std::vector<Structure> found =
        structures(catalogue, rows, {2000, 2010, std::nullopt, 1990}, sets, 3);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_DOUBLE_EQ(found[0].mean_length, 1);
    EXPECT_DOUBLE_EQ(*found[0].genre_diversity, 1) << "Comedy shares nothing; the last one has no genres";
    EXPECT_DOUBLE_EQ(*found[0].years_apart, (10.0 + 10.0) / 2);
    EXPECT_FALSE(found[0].overlap_with_first);
    EXPECT_DOUBLE_EQ(*found[1].overlap_with_first, (1.0 + 0.0) / 2) << "lists without entries do not count";
    EXPECT_DOUBLE_EQ(found[1].spread.coverage, 0.75);
    EXPECT_EQ(found[1].spread.largest_hub, 1u);
}

TEST(Structures, compare_the_genres_of_entries) {
    const Catalogue catalogue{{{.id = ShowId{1}},
                               {.id = ShowId{2}, .genres = {"A", "B"}},
                               {.id = ShowId{3}, .genres = {"B"}},
                               {.id = ShowId{4}, .genres = {"B"}}}};
    const std::vector<std::size_t> rows{0, 1, 2, 3};
    const std::vector<ItemLists> sets{{"a", {0, 3, 3, 3, 3}, {1, 2, 3}}};
    const Structure found = structures(catalogue, rows, Years(4), sets, 10).front();
    EXPECT_DOUBLE_EQ(*found.genre_diversity, (2 * (1 - 1 / std::sqrt(2.0)) + 0) / 3);
    EXPECT_FALSE(found.years_apart);
    EXPECT_THAT(structures(catalogue, rows, Years(4), sets, 1).front().genre_diversity,
                testing::Eq(std::nullopt));
}

TEST(Evaluation, compares_each_set_with_the_first_item_by_item) {
    const Likes likes = some_likes(60, 8);
    const ItemLists a = item_lists("a", some_lists(60, 1), likes.ids(), 10);
    const ItemLists b = item_lists("b", some_lists(60, 2), likes.ids(), 10);
    const MeasureSettings settings{.years = some_years(likes.size(), 3)};
    const Evaluation found = evaluation(likes, {a, b, a}, {}, settings);
    ASSERT_THAT(found.lists, SizeIs(5));
    EXPECT_EQ(found.lists[3].name, "popular");
    EXPECT_EQ(found.lists[4].name, "random");
    EXPECT_FALSE(found.lists[0].difference);
    EXPECT_FALSE(found.lists[3].difference);
    EXPECT_NEAR(found.lists[1].difference->raw.recall.mean,
                found.lists[1].agreement.raw.recall.mean - found.lists[0].agreement.raw.recall.mean, 1e-12);
    EXPECT_EQ(found.lists[2].difference->era_free->ndcg, (Estimate{0, 0, 0}));
}

TEST(Evaluation, reports_groups_apart) {
    Catalogue catalogue;
    Years years;
    for (const ShowId id : some_ids(60)) {
        const std::int64_t i = to_number(id) / 10;
        catalogue.shows.push_back(
            {.id = id, .summary_text = i % 2 == 0 ? "text" : "", .type = i < 55 ? "TV" : "Movie"});
        years.push_back(i < 50 ? std::optional(1950.0 + static_cast<double>(i % 20)) : std::nullopt);
    }
    const Likes likes = some_likes(60, 8, 1);
    ASSERT_EQ(likes.size(), 60u);
    const std::vector<ItemGroup> groups = item_groups(likes, catalogue, years);
    std::vector<std::string> names;
    for (const ItemGroup& group : groups) {
        names.push_back(group.by + " " + group.name);
    }
    EXPECT_THAT(names, ElementsAre("likes popular half", "likes rare half", "text with text",
                                   "text without text", "decade 1950s", "decade 1960s", "type TV"))
        << "smaller groups are left out";
    for (const std::uint32_t popular : groups[0].items) {
        for (const std::uint32_t rare : groups[1].items) {
            EXPECT_GE(likes.users_of(popular).size(), likes.users_of(rare).size());
        }
    }

    const ItemLists lists = item_lists("a", some_lists(60, 1), likes.ids(), 10);
    const Measures all = measures(likes, std::vector{lists}, {}).front();
    const Evaluation found = evaluation(likes, {lists}, groups, {});
    ASSERT_THAT(found.groups, SizeIs(7));
    double recall = 0;
    for (const std::uint32_t item : groups[4].items) {
        recall += all.raw.recall[item] / static_cast<double>(groups[4].items.size());
    }
    EXPECT_NEAR(found.groups[4].lists[0].raw.recall.mean, recall, 1e-12);
    EXPECT_EQ(found.groups[4].items, groups[4].items.size());
}

TEST(Evaluation, is_the_same_on_any_number_of_threads) {
    const Likes likes = some_likes(80, 9);
    MeasureSettings settings{.years = some_years(likes.size(), 3), .threads = 1};
    const ItemLists lists = item_lists("a", some_lists(80, 1), likes.ids(), 10);
    const Evaluation one = evaluation(likes, {lists}, {}, settings);
    settings.threads = 3;
    const Evaluation three = evaluation(likes, {lists}, {}, settings);
    EXPECT_EQ(one.lists[0].agreement.raw.ndcg, three.lists[0].agreement.raw.ndcg);
    EXPECT_EQ(one.lists[0].agreement.era_free->ndcg, three.lists[0].agreement.era_free->ndcg);
    EXPECT_EQ(one.lists[0].hit_rate, three.lists[0].hit_rate);
}

}  // namespace
}  // namespace bingefriend
