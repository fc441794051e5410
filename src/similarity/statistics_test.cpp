#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "similarity/oracle.hpp"
#include "similarity/similarity.hpp"
#include "similarity/test_catalogues.hpp"

namespace bingefriend {
namespace {

void expect_distribution(const Distribution& found, std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    EXPECT_NEAR(found.mean, mean, 1e-9);
    EXPECT_NEAR(found.standard_deviation, std::sqrt(squares / n), 1e-7);
    EXPECT_EQ(found.minimum, values.front());
    EXPECT_EQ(found.maximum, values.back());
    EXPECT_NEAR(found.median, (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2, 1e-6);
}

TEST(SimilarityStatistics, cover_all_pairs_of_different_shows) {
    for (const std::size_t shows : {2u, 3u, 120u, 301u}) {
        const Features features = random_features({.shows = shows}, shows);
        std::vector<double> genre, text, metadata, score;
        for (std::size_t a = 0; a < shows; ++a) {
            for (std::size_t b = a + 1; b < shows; ++b) {
                const Recommendation pair = oracle_pair(features, default_weights, a, b);
                genre.push_back(pair.parts[Part::genre]);
                text.push_back(pair.parts[Part::text]);
                metadata.push_back(pair.parts[Part::metadata]);
                score.push_back(pair.score);
            }
        }
        const SimilarityStatistics statistics = similarity_statistics(features, default_weights, 2);
        EXPECT_EQ(statistics.pairs, genre.size());
        expect_distribution(statistics.parts[Part::genre], genre);
        expect_distribution(statistics.parts[Part::text], text);
        expect_distribution(statistics.parts[Part::metadata], metadata);
        expect_distribution(statistics.score, score);
    }
}

TEST(SimilarityStatistics, include_year_and_rating_if_they_have_a_weight) {
    const Features features = random_features({.shows = 70, .genre_idf = true}, 7);
    const Weights weights{0.3, 0.4, 0.1, 0.1, 0.1};
    std::vector<double> year, rating, score;
    for (std::size_t a = 0; a < features.size(); ++a) {
        for (std::size_t b = a + 1; b < features.size(); ++b) {
            const Recommendation pair = oracle_pair(features, weights, a, b);
            year.push_back(pair.parts[Part::year]);
            rating.push_back(pair.parts[Part::rating]);
            score.push_back(pair.score);
        }
    }
    const SimilarityStatistics statistics = similarity_statistics(features, weights, 2);
    expect_distribution(statistics.parts[Part::year], year);
    expect_distribution(statistics.parts[Part::rating], rating);
    expect_distribution(statistics.score, score);
}

TEST(SimilarityStatistics, of_fewer_than_two_shows_count_no_pair) {
    EXPECT_EQ(similarity_statistics(random_features({.shows = 0}, 1), default_weights).pairs, 0u);
    EXPECT_EQ(similarity_statistics(random_features({.shows = 1}, 1), default_weights).pairs, 0u);
}

TEST(SimilarityMatrix, holds_every_pair_and_is_symmetric) {
    const Features features = random_features({.shows = 60}, 5);
    const std::vector<double> score = similarity_matrix(features, default_weights, std::nullopt, 2);
    const std::vector<double> text = similarity_matrix(features, default_weights, Part::text, 2);
    for (std::size_t a = 0; a < 60; ++a) {
        for (std::size_t b = 0; b < 60; ++b) {
            EXPECT_EQ(score[a * 60 + b], oracle_pair(features, default_weights, a, b).score);
            EXPECT_EQ(text[a * 60 + b], text[b * 60 + a]);
        }
    }
}

}  // namespace
}  // namespace bingefriend
