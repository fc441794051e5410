#include "diversity/choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "diversity/diverse_lists.hpp"
#include "diversity/oracle.hpp"
#include "kernel/most_similar.hpp"
#include "similarity/test_catalogues.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;

Recommendation entry(std::int64_t id, double score) {
    return {ShowId{id}, score, {}};
}

std::vector<std::int64_t> ids(const std::vector<Recommendation>& list) {
    std::vector<std::int64_t> ids;
    for (const Recommendation& r : list) {
        ids.push_back(to_number(r.show));
    }
    return ids;
}

RankingSettings settings(double diversity, std::size_t max_per_franchise, std::size_t n = 3) {
    return {.top_n = n, .diversity = diversity, .max_per_franchise = max_per_franchise};
}

TEST(Choice, passes_over_a_show_that_is_similar_to_a_chosen_one) {
    const std::vector<Recommendation> ranked{entry(1, 0.9), entry(2, 0.8), entry(3, 0.5)};
    const auto similarity = [](std::size_t a, std::size_t b) { return a + b == 1 ? 0.9 : 0.1; };
    EXPECT_THAT(ids(choice(ranked, settings(0.1, 0), similarity, {})), ElementsAre(1, 2, 3));
    EXPECT_THAT(ids(choice(ranked, settings(0.5, 0), similarity, {})), ElementsAre(1, 3, 2));
    EXPECT_EQ(choice(ranked, settings(0.5, 0), similarity, {})[1].score, 0.5) << "scores stay";
}

TEST(Choice, decides_ties_by_id) {
    const std::vector<Recommendation> ranked{entry(4, 0.7), entry(9, 0.6), entry(2, 0.5)};
    const auto similarity = [](std::size_t a, std::size_t b) { return a + b == 1 ? 0.3 : 0.2; };
    EXPECT_THAT(ids(choice(ranked, settings(0.5, 0), similarity, {})), ElementsAre(4, 2, 9))
        << "0.3 - 0.15 and 0.25 - 0.1 are equal";
}

TEST(Choice, limits_the_shows_of_a_franchise) {
    const std::vector<Recommendation> ranked{entry(1, 0.9), entry(2, 0.8), entry(3, 0.7), entry(4, 0.6)};
    const std::vector<std::uint32_t> franchises{7, 7, 7, 0};
    const auto none = [](std::size_t, std::size_t) { return 0.0; };
    EXPECT_THAT(ids(choice(ranked, settings(0, 1), none, franchises)), ElementsAre(1, 4));
    EXPECT_THAT(ids(choice(ranked, settings(0, 2), none, franchises)), ElementsAre(1, 2, 4));
    EXPECT_THAT(ids(choice(ranked, settings(0, 0), none, franchises)), ElementsAre(1, 2, 3));
}

TEST(Choice, matches_the_oracle) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 400; ++round) {
        const std::size_t n = random() % 60;
        std::vector<Recommendation> ranked;
        std::vector<std::uint32_t> franchises;
        for (std::size_t i = 0; i < n; ++i) {
            ranked.push_back(
                entry(static_cast<std::int64_t>(n - i), static_cast<double>(random() % 20) / 20));
            franchises.push_back(static_cast<std::uint32_t>(random() % 8));
        }
        std::sort(ranked.begin(), ranked.end(), ranks_before);
        std::vector<double> pairs(n * n);
        std::generate(pairs.begin(), pairs.end(), [&] { return static_cast<double>(random() % 10) / 10; });
        const auto similarity = [&](std::size_t a, std::size_t b) {
            return pairs[std::min(a, b) * n + std::max(a, b)];
        };
        const RankingSettings what =
            settings(static_cast<double>(random() % 11) / 10, random() % 4, random() % 30);
        ASSERT_EQ(choice(ranked, what, similarity, franchises),
                  oracle_choice(ranked, what, similarity, franchises))
            << "round " << round;
    }
}

// What the oracle chooses with the score of each pair as the kernel defines it.
std::vector<Recommendation> oracle_list(std::span<const Recommendation> ranked, const Features& features,
                                        const RankingSettings& what,
                                        const std::vector<std::uint32_t>& franchises) {
    std::vector<std::size_t> rows;
    std::vector<std::uint32_t> of_candidates;
    for (const Recommendation& r : ranked) {
        rows.push_back(
            static_cast<std::size_t>(std::ranges::find(features.ids, r.show) - features.ids.begin()));
        of_candidates.push_back(franchises[rows.back()]);
    }
    Weights weights = what.weights;
    weights[Part::rating] = 0;
    const auto similarity = [&](std::size_t a, std::size_t b) {
        return rounded(weighted_sum(weights, parts_of_pair(features, weights, rows[a], rows[b])));
    };
    return oracle_choice({ranked.begin(), ranked.end()}, what, similarity, of_candidates);
}

TEST(DiverseLists, match_the_oracle_on_any_number_of_threads) {
    const Features features = random_features({.shows = 300}, 11);
    std::vector<std::uint32_t> franchises;
    for (std::size_t row = 0; row < features.size(); ++row) {
        franchises.push_back(static_cast<std::uint32_t>(row % 40));
    }
    for (const RankingSettings& what :
         {RankingSettings{normalised({0.4, 0.5, 0.1, 0.2, 0.3}), 10, 0.1, 0.4, 2},
          RankingSettings{default_weights, 20, 0.1, 0.7, 0}, RankingSettings{default_weights, 20, 0, 0, 1}}) {
        RankingSettings wide = what;
        wide.top_n = candidates_of(what);
        const RecommendationLists ranked = most_similar(features, wide);
        const RecommendationLists lists = diverse_lists(ranked, features, what, franchises, 3);
        ASSERT_EQ(lists.shows, ranked.shows);
        for (std::size_t row = 0; row < features.size(); row += 7) {
            const auto list = lists.of(row);
            ASSERT_EQ(std::vector(list.begin(), list.end()),
                      oracle_list(ranked.of(row), features, what, franchises))
                << row;
        }
        EXPECT_EQ(diverse_lists(ranked, features, what, franchises, 1).entries, lists.entries);
    }
}

TEST(DiverseLists, of_no_shows_are_none) {
    EXPECT_EQ(diverse_lists({}, Features{}, settings(0.5, 1), {}).size(), 0u);
}

}  // namespace
}  // namespace bingefriend
