#include "similarity/question.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "similarity/oracle.hpp"
#include "similarity/test_catalogues.hpp"

namespace bingefriend {
namespace {

using Rows = std::vector<std::size_t>;

std::vector<FeatureRow> feature_rows(const Features& features, const Rows& rows) {
    std::vector<FeatureRow> result;
    for (const std::size_t row : rows) {
        result.push_back(feature_row(features, row));
    }
    return result;
}

std::vector<std::uint8_t> all_but(const Features& features, const Rows& rows) {
    std::vector<std::uint8_t> allowed(features.size(), 1);
    for (const std::size_t row : rows) {
        allowed[row] = 0;
    }
    return allowed;
}

TEST(Question, about_one_show_returns_its_list_to_the_last_bit) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Features features =
            random_features({.shows = 60 * seed, .genres = 2 + seed, .genre_idf = seed > 3}, seed);
        const RankingSettings settings{
            normalised({0.4, 0.5, 0.1, seed % 2 == 0 ? 0.2 : 0.0, seed % 3 == 0 ? 0.1 : 0.0}), 5 * seed, 0.1};
        const QuestionIndex index(features);
        for (std::size_t row = 0; row < features.size(); ++row) {
            ASSERT_EQ(index.answer({feature_rows(features, {row}), {}, settings}, all_but(features, {row})),
                      oracle_list(features, settings, row))
                << "seed " << seed << ", row " << row;
        }
    }
}

TEST(Question, matches_the_oracle_on_mixes_filters_and_weights) {
    std::mt19937_64 random(7);
    const std::vector<Weights> weights{{0.4, 0.5, 0.1},  {1, 0, 0},       {0, 1, 0},
                                       {0, 0, 1},        {0.2, 0.7, 0.1}, {0.3, 0.4, 0.1, 0.2},
                                       {0, 0.5, 0, 0.5}, {0, 0, 0, 1},    {0.22, 0.55, 0.11, 0.065, 0.055},
                                       {0, 0, 0, 0, 1}};
    for (std::size_t round = 0; round < 300; ++round) {
        const Features features = random_features({.shows = 1 + random() % 120,
                                                   .genres = random() % 6,
                                                   .terms = random() % 40,
                                                   .metadata = {round % 3 > 0, round % 5 > 0, round % 2 > 0},
                                                   .genre_idf = round % 2 == 0,
                                                   .least_length = static_cast<double>(round % 3)},
                                                  round);
        const auto some_rows = [&](std::size_t count) {
            Rows rows(count);
            std::generate(rows.begin(), rows.end(), [&] { return random() % features.size(); });
            return rows;
        };
        const Rows likes = some_rows(1 + random() % 6);
        const Rows dislikes = some_rows(random() % 4);
        std::vector<std::uint8_t> allowed(features.size());
        std::generate(allowed.begin(), allowed.end(), [&] { return random() % 4 == 0 ? 0 : 1; });
        const RankingSettings settings{normalised(weights[round % weights.size()]), random() % 30,
                                       round % 3 == 0 ? -1.0 : static_cast<double>(random() % 5) / 10};
        ASSERT_EQ(QuestionIndex(features).answer(
                      {feature_rows(features, likes), feature_rows(features, dislikes), settings}, allowed),
                  oracle_answer(features, settings, likes, dislikes, allowed))
            << "round " << round;
    }
}

TEST(Question, counts_genres_missing_from_the_catalogue) {
    Features features = random_features({.shows = 1, .genres = 2, .terms = 0, .twins = 0}, 1);
    features.genres.row_start = {0, 1};
    features.genres.column = {1};
    const FeatureRow row{.genres = {1}, .genre_squares = 4};
    const auto answer =
        QuestionIndex(features).answer({{row}, {}, {.top_n = 1, .min_similarity = 0}}, all_but(features, {}));
    ASSERT_EQ(answer.size(), 1u);
    EXPECT_DOUBLE_EQ(answer[0].parts[Part::genre], 0.5);
    EXPECT_EQ(answer[0].parts[Part::metadata], 0) << "unknown values match nothing";
}

TEST(Question, compares_the_year_of_a_show_from_elsewhere) {
    Features features = random_features({.shows = 3, .terms = 0, .twins = 0}, 1);
    features.values[Part::year] = {{2020, 2012, ValueColumn::none}, 2020};
    const auto years_like = [&](double year) {
        FeatureRow row;
        row.values[Part::year] = year;
        const auto answer = QuestionIndex(features).answer(
            {{row}, {}, {.weights = {0, 0, 0, 1}, .top_n = 3, .min_similarity = 0}}, all_but(features, {}));
        std::vector<double> parts(3, -1);
        for (const Recommendation& r : answer) {
            const auto at = std::find(features.ids.begin(), features.ids.end(), r.show);
            parts[static_cast<std::size_t>(at - features.ids.begin())] = r.parts[Part::year];
        }
        return parts;
    };
    EXPECT_THAT(years_like(2018), testing::ElementsAre(0.25, 0.16, 0));
    EXPECT_THAT(years_like(2031), testing::ElementsAre(1, 0.04, 0)) << "counts as the newest";
    EXPECT_THAT(years_like(ValueColumn::none), testing::ElementsAre(0, 0, 0));
}

TEST(Question, compares_the_rating_with_likes_alone) {
    Features features = random_features({.shows = 4, .terms = 0, .twins = 0}, 1);
    features.values[Part::rating] = {{8, 7, 9.5, ValueColumn::none}, 6.5};
    const RankingSettings settings{.weights = {0, 0, 0, 0, 1}, .top_n = 4, .min_similarity = 0};
    const QuestionIndex index(features);
    const auto scores = [&](const Rows& dislikes) {
        std::vector<double> found;
        for (const Recommendation& r :
             index.answer({feature_rows(features, {0}), feature_rows(features, dislikes), settings},
                          all_but(features, {}))) {
            found.push_back(r.score);
        }
        return found;
    };
    EXPECT_THAT(scores({}), testing::ElementsAre(1, 1, 0.5, 0.25))
        << "a higher rating loses nothing; none counts as the mean";
    EXPECT_EQ(scores({1, 2}), scores({}));
}

TEST(Question, never_returns_minus_zero) {
    const Features features = random_features({.shows = 30}, 3);
    const auto answer = QuestionIndex(features).answer(
        {feature_rows(features, {4}), feature_rows(features, {4}), {.top_n = 30, .min_similarity = -1}},
        all_but(features, {}));
    ASSERT_EQ(answer.size(), 30u);
    for (const Recommendation& r : answer) {
        EXPECT_FALSE(std::signbit(r.score) || std::signbit(r.parts[Part::genre]) ||
                     std::signbit(r.parts[Part::text]));
    }
}

TEST(Question, returns_nothing_from_an_empty_catalogue) {
    const Features nothing;
    EXPECT_TRUE(QuestionIndex(nothing).answer({{FeatureRow{}}, {}, {}}, {}).empty());
}

}  // namespace
}  // namespace bingefriend
