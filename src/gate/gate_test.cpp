#include "gate/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A catalogue with its lists, given as {show, {recommended, ...}}.
struct Side {
    Catalogue catalogue;
    RecommendationLists lists;
    RankingSettings ranking;
    std::string feature_settings;

    Side() = default;
    explicit Side(const std::vector<std::pair<int, std::vector<int>>>& shows) {
        for (const auto& [id, list] : shows) {
            add(id, list);
        }
    }
    void add(int id, const std::vector<int>& list, bool genres = true, bool summary = true) {
        Show show;
        show.id = ShowId{id};
        show.name = "Show " + std::to_string(id);
        if (genres) {
            show.genres = {"Drama"};
        }
        if (summary) {
            show.summary = "<p>Text</p>";
        }
        catalogue.shows.push_back(show);
        lists.shows.push_back(show.id);
        for (const int other : list) {
            lists.entries.push_back({ShowId{other}, 0.5, {}});
        }
        lists.start.push_back(lists.entries.size());
    }
};

Comparison compared(const Side& before, const Side& now) {
    Generation generation;
    generation.number = 7;
    generation.ranking = before.ranking;
    generation.feature_settings = before.feature_settings;
    GenerationComparison comparison(now.catalogue, now.lists, now.ranking, now.feature_settings, generation);
    for (const Show& show : before.catalogue.shows) {
        ShowDetails facts;
        facts.id = show.id;
        facts.genres = show.genres;
        facts.summary = show.summary;
        comparison.add_show(facts);
    }
    for (std::size_t row = 0; row < before.lists.size(); ++row) {
        comparison.add_list(before.lists.shows[row], before.lists.of(row));
    }
    return std::move(comparison).result();
}

std::vector<std::string> judged(const Side& before, const Side& now, const GateLimits& limits = {}) {
    return objections(compared(before, now), limits);
}

// n shows; every show's list holds the `length` shows after it.
Side ring(int n, int length = 20) {
    Side side;
    for (int i = 0; i < n; ++i) {
        std::vector<int> list;
        for (int k = 1; k <= length; ++k) {
            list.push_back((i + k) % n + 1);
        }
        side.add(i + 1, list);
    }
    return side;
}

TEST(Gate, finds_nothing_wrong_with_the_same_again) {
    const Side side = ring(100);
    const Comparison comparison = compared(side, side);
    EXPECT_EQ(comparison.with_generation, 7);
    EXPECT_EQ(comparison.before, comparison.now);
    EXPECT_EQ(comparison.mean_overlap, 1.0);
    EXPECT_EQ(comparison.compared, 100U);
    EXPECT_THAT(comparison.changed_most, IsEmpty());
    EXPECT_THAT(objections(comparison, {}), IsEmpty());
}

TEST(Gate, objects_to_fewer_than_nine_tenths_of_the_shows) {
    EXPECT_THAT(judged(ring(100), ring(90)), IsEmpty());
    EXPECT_THAT(judged(ring(100), ring(89)), ElementsAre("89 shows are fewer than 90% of the 100 published"));
    EXPECT_THAT(judged(ring(100), ring(50), {.min_shows = 0.5}), IsEmpty());
    EXPECT_THAT(judged(ring(100), Side()), testing::Contains(HasSubstr("0 shows are fewer")));
}

TEST(Gate, passes_a_catalogue_that_grows_as_long_as_old_recommendations_keep_their_order) {
    const Side before({{1, {2, 3}}, {2, {1, 3}}, {3, {1, 2}}});
    Side now({{1, {9, 2}}, {2, {1, 9}}, {3, {9, 1}}, {9, {1, 2}}});
    Side of_two = before;
    of_two.ranking.top_n = now.ranking.top_n = 2;
    const Comparison comparison = compared(of_two, now);
    EXPECT_EQ(comparison.mean_overlap, 1.0) << "the newcomer takes the place of one, the best old one stays";
    EXPECT_EQ(comparison.shows_added, 1U);
    EXPECT_EQ(comparison.shows_removed, 0U);
}

TEST(Gate, does_not_count_recommendations_that_left_the_catalogue_as_lost) {
    const Side before({{1, {2, 3}}, {2, {3, 1}}, {3, {1, 2}}});
    const Side now({{1, {2}}, {2, {1}}});
    const Comparison comparison = compared(before, now);
    EXPECT_EQ(comparison.mean_overlap, 1.0);
    EXPECT_EQ(comparison.compared, 2U);
    EXPECT_EQ(comparison.shows_removed, 1U);
}

TEST(Gate, counts_a_list_that_shrank_as_lost) {
    const Comparison comparison = compared(ring(50), ring(50, 2));
    EXPECT_DOUBLE_EQ(comparison.mean_overlap.value(), 0.1);
    EXPECT_THAT(objections(comparison, {}),
                ElementsAre("the lists of 50 shows overlap with those published by 0.10, less than 0.5"));
}

TEST(Gate, objects_to_a_fall_of_a_share_past_the_limit_and_names_it) {
    const auto side = [](int genres, int summaries, int lists) {
        Side s;
        for (int i = 1; i <= 100; ++i) {
            s.add(i, i <= lists ? std::vector{i % 100 + 1} : std::vector<int>{}, i <= genres, i <= summaries);
        }
        return s;
    };
    const Side before = side(90, 80, 70);
    EXPECT_THAT(judged(before, side(85, 75, 65)), IsEmpty());
    EXPECT_THAT(
        judged(before, side(84, 80, 70)),
        ElementsAre("the share of shows with genres fell from 90.0% to 84.0%, by more than 5 points"));
    EXPECT_THAT(judged(before, side(90, 74, 70)), ElementsAre(HasSubstr("with a summary fell")));
    EXPECT_THAT(judged(before, side(90, 80, 64)), ElementsAre(HasSubstr("with recommendations fell")));
    EXPECT_THAT(judged(before, side(0, 0, 70), {.max_fall = 1}), IsEmpty());
    EXPECT_EQ(judged(before, side(0, 0, 0), {.min_overlap = 0}).size(), 3U);
}

TEST(Gate, does_not_judge_the_overlap_of_lists_that_were_ranked_otherwise) {
    Side now = ring(50, 2);
    now.ranking.weights = {1, 0, 0};
    const Comparison comparison = compared(ring(50), now);
    EXPECT_FALSE(comparison.same_ranking);
    EXPECT_LT(comparison.mean_overlap.value(), 0.5) << "it is told all the same";
    EXPECT_THAT(objections(comparison, {}), IsEmpty());
}

TEST(Gate, does_not_judge_the_overlap_of_lists_that_were_chosen_otherwise) {
    Side now = ring(50, 2);
    now.ranking.diversity = 0.3;
    EXPECT_FALSE(compared(ring(50), now).same_ranking);
    now.ranking = {};
    now.ranking.max_per_franchise = 1;
    EXPECT_FALSE(compared(ring(50), now).same_ranking);
}

TEST(Gate, does_not_judge_the_overlap_of_lists_of_another_recipe) {
    Side before = ring(50);
    Side now = ring(50, 2);
    before.feature_settings = "{1}";
    now.feature_settings = "{2}";
    EXPECT_FALSE(compared(before, now).same_ranking);
    before.feature_settings = "";  // not known
    EXPECT_TRUE(compared(before, now).same_ranking);
}

TEST(Gate, compares_nothing_of_catalogues_that_have_nothing_in_common) {
    const Side before({{1, {2}}, {2, {1}}});
    const Side now({{3, {4}}, {4, {3}}});
    const Comparison comparison = compared(before, now);
    EXPECT_EQ(comparison.mean_overlap, std::nullopt);
    EXPECT_THAT(objections(comparison, {}), IsEmpty());
    EXPECT_THAT(judged(Side(), now), IsEmpty());
}

TEST(Gate, names_the_shows_that_changed_most_first) {
    Side before = ring(40);
    Side now = ring(40);
    const auto replace = [&](std::size_t row, std::size_t how_many) {  // by shows the list had not
        for (std::size_t k = 0; k < how_many; ++k) {
            now.lists.entries[now.lists.start[row] + k].show =
                ShowId{static_cast<std::int64_t>((row + 20 + k + 1) % 40 + 1)};
        }
    };
    for (std::size_t row = 0; row < 12; ++row) {
        replace(row, 4);
    }
    replace(30, 10);
    replace(20, 10);
    const Comparison comparison = compared(before, now);
    ASSERT_EQ(comparison.changed_most.size(), GenerationComparison::changed_most);
    EXPECT_EQ(comparison.changed_most[0].id, ShowId{21});
    EXPECT_EQ(comparison.changed_most[0].name, "Show 21");
    EXPECT_DOUBLE_EQ(comparison.changed_most[0].overlap, 0.5);
    EXPECT_EQ(comparison.changed_most[0].before.size(), 20U);
    EXPECT_EQ(comparison.changed_most[1].id, ShowId{31});
    EXPECT_EQ(comparison.changed_most[2].id, ShowId{1}) << "equal changes stand by id";
    EXPECT_EQ(comparison.changed_most[9].id, ShowId{8});
}

// The definition again, plainly, on random sides.
TEST(Gate, agrees_with_the_definition_on_random_catalogues) {
    std::minstd_rand random(20261125);
    const auto some_side = [&](std::size_t top_n) {
        std::vector<int> ids;
        for (int id = 1; id <= 60; ++id) {
            if (random() % 4 != 0) {
                ids.push_back(id);
            }
        }
        Side side;
        side.ranking.top_n = top_n;
        for (const int id : ids) {
            std::vector<int> list;
            for (std::size_t k = random() % (top_n + 1); k > 0; --k) {
                const int other = ids[random() % ids.size()];
                if (other != id && std::find(list.begin(), list.end(), other) == list.end()) {
                    list.push_back(other);
                }
            }
            side.add(id, list);
        }
        return side;
    };
    for (int round = 0; round < 50; ++round) {
        const Side before = some_side(1 + random() % 30);
        const Side now = some_side(1 + random() % 30);
        const std::size_t k = std::min({std::size_t{20}, before.ranking.top_n, now.ranking.top_n});
        const std::set<ShowId> ids_before(before.lists.shows.begin(), before.lists.shows.end());
        const std::set<ShowId> ids_now(now.lists.shows.begin(), now.lists.shows.end());
        double sum = 0;
        std::size_t counted = 0;
        for (std::size_t row = 0; row < before.lists.size(); ++row) {
            const auto at =
                std::find(now.lists.shows.begin(), now.lists.shows.end(), before.lists.shows[row]);
            if (at == now.lists.shows.end()) {
                continue;
            }
            std::set<ShowId> a;
            std::set<ShowId> b;
            for (const auto& r : before.lists.of(row).first(std::min(k, before.lists.of(row).size()))) {
                a.insert(r.show);
            }
            const auto list = now.lists.of(static_cast<std::size_t>(at - now.lists.shows.begin()));
            for (const auto& r : list.first(std::min(k, list.size()))) {
                b.insert(r.show);
            }
            const auto in = [](const std::set<ShowId>& set) {
                return [&set](ShowId id) { return set.contains(id); };
            };
            const auto still_there = std::count_if(a.begin(), a.end(), in(ids_now));
            const auto known = std::count_if(b.begin(), b.end(), in(ids_before));
            const auto room =
                static_cast<std::ptrdiff_t>(k) - (static_cast<std::ptrdiff_t>(b.size()) - known);
            const auto could = std::min(still_there, room);
            if (could > 0) {
                sum += static_cast<double>(std::count_if(a.begin(), a.end(), in(b))) /
                       static_cast<double>(could);
                ++counted;
            }
        }
        const Comparison comparison = compared(before, now);
        ASSERT_EQ(comparison.compared, counted);
        if (counted > 0) {
            ASSERT_NEAR(comparison.mean_overlap.value(), sum / static_cast<double>(counted), 1e-12);
        }
        ASSERT_EQ(comparison.shows_added + before.lists.size() - comparison.shows_removed, now.lists.size());
    }
}

}  // namespace
}  // namespace bingefriend
