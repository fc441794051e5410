#include "kernel/most_similar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <random>
#include <stdexcept>

#include "kernel/scan.hpp"
#include "similarity/oracle.hpp"
#include "similarity/test_catalogues.hpp"

namespace bingefriend {
namespace {

void expect_oracle_lists(const Features& features, const RankingSettings& settings) {
    const RecommendationLists lists = most_similar(features, settings, 2);
    ASSERT_EQ(lists.shows, features.ids);
    for (std::size_t row = 0; row < features.size(); ++row) {
        const auto list = lists.of(row);
        ASSERT_EQ(std::vector(list.begin(), list.end()), oracle_list(features, settings, row))
            << "row " << row;
    }
}

RankingSettings ranking(Weights weights, std::size_t top_n, double min_similarity) {
    return {normalised(weights), top_n, min_similarity};
}

TEST(MostSimilar, matches_the_oracle_to_the_last_bit_with_many_ties) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const RandomCatalogue what{
            .shows = 40 + 37 * seed, .genres = 1 + seed, .terms = 5 * seed, .terms_a_show = seed};
        expect_oracle_lists(random_features(what, seed), ranking({0.4, 0.5, 0.1}, 20, 0.1));
    }
}

TEST(MostSimilar, matches_the_oracle_on_every_instruction_set) {
    ASSERT_FALSE(instruction_sets().empty());
    for (const std::string& name : instruction_sets()) {
        SCOPED_TRACE(name);
        use_instruction_set(name);
        for (std::uint64_t seed = 20; seed < 24; ++seed) {
            SCOPED_TRACE("seed " + std::to_string(seed));
            expect_oracle_lists(random_features({.shows = 300, .genres = 9, .terms = 60}, seed),
                                ranking({0.4, 0.5, 0.1}, seed % 2 == 0 ? 20 : 5, 0.1));
        }
    }
    use_instruction_set("");
    EXPECT_THROW(use_instruction_set("abacus"), std::invalid_argument);
}

TEST(MostSimilar, matches_the_oracle_at_the_edges_of_the_weights) {
    const Features features = random_features({.shows = 150}, 77);
    for (const Weights& weights :
         {Weights{1, 0, 0}, Weights{0, 1, 0}, Weights{0, 0, 1}, Weights{3, 0, 4}, Weights{0.2, 0.7, 0.1}}) {
        for (const double floor : {0.0, 0.1, 0.5, 1.0}) {
            SCOPED_TRACE(testing::Message()
                         << weights[Part::genre] << ' ' << weights[Part::text] << ' ' << floor);
            expect_oracle_lists(features, ranking(weights, 7, floor));
        }
    }
}

TEST(MostSimilar, matches_the_oracle_with_a_weight_on_the_year) {
    for (std::uint64_t seed = 30; seed < 36; ++seed) {
        for (const Weights& weights :
             {Weights{0.3, 0.5, 0.1, 0.1}, Weights{0.4, 0.5, 0, 0.1}, Weights{0, 0, 0, 1},
              Weights{0, 0.6, 0.1, 0.3}, Weights{0.3, 0, 0.3, 0.4}}) {
            SCOPED_TRACE(testing::Message()
                         << "seed " << seed << ", " << weights[Part::text] << ' ' << weights[Part::year]);
            const RandomCatalogue what{.shows = 80 * (seed - 29),
                                       .genres = seed - 29,
                                       .years = seed % 2 == 0 ? 3u : 130u,
                                       .without_year = seed % 3 == 0 ? 0.9 : 0.2};
            expect_oracle_lists(random_features(what, seed), ranking(weights, 2 * seed % 25, 0.1));
        }
    }
}

TEST(MostSimilar, matches_the_oracle_with_years_on_every_instruction_set) {
    for (const std::string& name : instruction_sets()) {
        SCOPED_TRACE(name);
        use_instruction_set(name);
        expect_oracle_lists(random_features({.shows = 400, .genres = 9, .terms = 60}, 40),
                            ranking({0.35, 0.45, 0.1, 0.1}, 10, 0.1));
    }
    use_instruction_set("");
}

// Weights, shapes of catalogues and settings of lists without any pattern.
struct RandomRecipe {
    explicit RandomRecipe(std::uint64_t seed) {
        std::mt19937_64 random(seed);
        const auto below = [&](std::uint64_t n) { return random() % n; };
        what = {.shows = 1 + below(400),
                .genres = below(12),
                .terms = std::array<std::size_t, 4>{0, 30, 400, 3'000}[below(4)],
                .terms_a_show = 1 + below(24),
                .without_text = static_cast<double>(below(3)) / 4,
                .twins = static_cast<double>(below(3)) / 3,
                .years = 1 + below(130),
                .ratings = 1 + below(300),
                .metadata = {below(4) > 0, below(4) > 0, below(4) > 0},
                .genre_idf = below(2) == 0,
                .least_length = static_cast<double>(below(3)),
                .even_terms = below(3) > 0};
        for (double& weight : settings.weights.values) {
            weight = below(4) == 0 ? 0 : static_cast<double>(1 + below(9));
        }
        settings.weights[Part::metadata] += sum_of(settings.weights) == 0 ? 1 : 0;
        settings = {normalised(settings.weights), below(30), static_cast<double>(below(6)) / 10};
    }

    RandomCatalogue what;
    RankingSettings settings;
};

TEST(MostSimilar, matches_the_oracle_with_random_recipes) {
    for (std::uint64_t seed = 1'000; seed < 1'060; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const RandomRecipe recipe(seed);
        expect_oracle_lists(random_features(recipe.what, seed), recipe.settings);
    }
}

TEST(MostSimilar, matches_the_oracle_with_many_rare_terms) {
    for (const std::string& name : instruction_sets()) {
        SCOPED_TRACE(name);
        use_instruction_set(name);
        for (std::uint64_t seed = 50; seed < 52; ++seed) {
            SCOPED_TRACE("seed " + std::to_string(seed));
            const RandomCatalogue what{.shows = 300,
                                       .genres = 3 + seed % 9,
                                       .terms = 2'000,
                                       .terms_a_show = 40,
                                       .years = 100,
                                       .ratings = seed % 2 == 0 ? 80u : 5'000u,
                                       .genre_idf = true,
                                       .least_length = 1,
                                       .even_terms = true};
            expect_oracle_lists(random_features(what, seed),
                                ranking({0.22, 0.55, 0.11, 0.065, 0.055}, 20, 0.1));
        }
    }
    use_instruction_set("");
}

// Most shows tie, and the few that share a rare term with the query do not.
TEST(MostSimilar, matches_the_oracle_with_groups_of_ties) {
    for (std::uint64_t seed = 60; seed < 66; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const RandomCatalogue what{.shows = 300,
                                   .genres = 1,
                                   .terms = 1'500,
                                   .terms_a_show = 9,
                                   .without_text = 0,
                                   .years = 2,
                                   .ratings = 2,
                                   .even_terms = true};
        const double floor = seed % 2 == 0 ? 0.0 : 0.1;
        expect_oracle_lists(random_features(what, seed), ranking({0.2, 0.3, 0.1, 0.2, 0.2}, 5, floor));
        expect_oracle_lists(random_features(what, seed), ranking({0, 0.5, 0, 0, 0.5}, 3, floor));
    }
}

TEST(MostSimilar, matches_the_oracle_with_texts_of_thousands_of_terms) {
    const RandomCatalogue what{.shows = 14,
                               .terms = 7'000,
                               .terms_a_show = 16'000,
                               .without_text = 0.1,
                               .twins = 0.4,
                               .even_terms = true};
    expect_oracle_lists(random_features(what, 70), ranking({0, 1, 0}, 5, 0));
    expect_oracle_lists(random_features(what, 71), ranking({0.22, 0.55, 0.11, 0.065, 0.055}, 20, 0.1));
}

TEST(MostSimilar, leaves_out_the_year_without_a_weight) {
    const Features with_years = random_features({.shows = 300}, 41);
    Features without = with_years;
    without.values = {};
    const RecommendationLists lists = most_similar(with_years, {});
    EXPECT_EQ(lists.entries, most_similar(without, {}).entries);
    for (const Recommendation& r : lists.entries) {
        ASSERT_EQ(r.parts[Part::year], 0);
    }
}

TEST(MostSimilar, matches_the_oracle_with_few_shows_and_short_lists) {
    for (const std::size_t shows : {0u, 1u, 2u, 3u, 21u, 22u}) {
        for (const std::size_t top_n : {0u, 1u, 20u, 1000u}) {
            SCOPED_TRACE(testing::Message() << shows << " shows, top " << top_n);
            expect_oracle_lists(random_features({.shows = shows}, shows), ranking({0.4, 0.5, 0.1}, top_n, 0));
        }
    }
}

TEST(MostSimilar, matches_the_oracle_without_text_or_genres) {
    expect_oracle_lists(random_features({.shows = 90, .without_text = 1.0}, 3), RankingSettings{});
    expect_oracle_lists(random_features({.shows = 90, .genres = 0}, 4), RankingSettings{});
    expect_oracle_lists(random_features({.shows = 90, .genres = 0, .terms = 0}, 5), RankingSettings{});
    expect_oracle_lists(random_features({.shows = 90, .twins = 1.0}, 6), RankingSettings{});
}

TEST(MostSimilar, returns_the_same_bytes_with_any_number_of_threads) {
    const RandomCatalogue rare{.shows = 2'000, .terms = 5'000, .terms_a_show = 40, .even_terms = true};
    for (const Weights& weights :
         {Weights{0.4, 0.5, 0.1}, Weights{0.4, 0.4, 0.1, 0.1}, Weights{0.2, 0.5, 0.1, 0.1, 0.1}}) {
        const Features features = weights[Part::rating] > 0
                                      ? random_features(rare, 8)
                                      : random_features({.shows = 2'000, .terms = 200}, 8);
        const RankingSettings settings = ranking(weights, 20, 0.1);
        const RecommendationLists one = most_similar(features, settings, 1);
        for (const std::size_t threads : {2u, 3u, 7u, 16u}) {
            const RecommendationLists many = most_similar(features, settings, threads);
            EXPECT_EQ(many.start, one.start);
            EXPECT_EQ(many.entries, one.entries);
        }
    }
}

TEST(MostSimilar, orders_equal_scores_by_id_and_cuts_the_list_there) {
    Features features = random_features({.shows = 1, .genres = 2, .twins = 0}, 1);
    const Features one = features;
    for (std::int64_t i = 1; i < 50; ++i) {  // 50 shows that are equal in everything
        features.ids.push_back(ShowId{1'000 + i});
        const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
        append(features.genres.column, one.genres.column);
        append(features.text.column, one.text.column);
        append(features.text.value, one.text.value);
        append(features.platform.column, one.platform.column);
        append(features.type.column, one.type.column);
        append(features.language.column, one.language.column);
        append(features.values[Part::year].value, one.values[Part::year].value);
        append(features.values[Part::rating].value, one.values[Part::rating].value);
        features.genres.row_start.push_back(static_cast<std::int64_t>(features.genres.column.size()));
        features.text.row_start.push_back(static_cast<std::int64_t>(features.text.column.size()));
    }
    const RecommendationLists lists = most_similar(features, {.top_n = 3, .min_similarity = 0});
    const auto last = lists.of(49);
    ASSERT_EQ(last.size(), 3u);
    EXPECT_EQ(last[0].show, features.ids[0]);
    EXPECT_EQ(last[1].show, features.ids[1]);
    EXPECT_EQ(last[2].show, features.ids[2]);
    EXPECT_EQ(lists.of(0)[0].show, features.ids[1]) << "never the show itself";
}

TEST(MostSimilar, reports_progress_up_to_the_last_show) {
    const Features features = random_features({.shows = 1'000}, 9);
    std::size_t last = 0;
    (void)most_similar(features, {}, 3, [&](std::size_t done, std::size_t total) {
        EXPECT_GT(done, last);
        EXPECT_EQ(total, 1'000u);
        last = done;
    });
    EXPECT_EQ(last, 1'000u);
}

TEST(MostSimilar, rethrows_what_its_progress_throws) {
    const Features features = random_features({.shows = 2'000}, 9);
    EXPECT_THROW((void)most_similar(features, {}, 4,
                                    [](std::size_t, std::size_t) { throw std::runtime_error("stop"); }),
                 std::runtime_error);
}

}  // namespace
}  // namespace bingefriend
