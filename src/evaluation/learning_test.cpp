#include "evaluation/learning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/error.hpp"
#include "evaluation/logistic.hpp"
#include "evaluation/oracle.hpp"
#include "evaluation/random.hpp"

namespace bingefriend {
namespace {

double uniform(Random& random) {
    return static_cast<double>(random.below(1'000'000)) / 1e6;
}

// Pairs that are liked together with a probability that grows with some parts, not with others.
std::vector<TrainingPair> made_pairs(std::size_t n, const PerPart<double>& truth) {
    Random random(1);
    std::vector<TrainingPair> pairs(n);
    for (TrainingPair& pair : pairs) {
        double z = -2;
        for (const PartDefinition& d : all_parts) {
            pair.parts[d.part] = uniform(random);
            z += truth[d.part] * pair.parts[d.part];
        }
        pair.liked_together = uniform(random) < 1 / (1 + std::exp(-z));
    }
    return pairs;
}

double penalised_loss(const std::vector<TrainingPair>& pairs, const Weights& coefficients, double constant,
                      double penalty) {
    double loss = 0;
    Weights mean;
    for (const TrainingPair& pair : pairs) {
        double z = constant;
        for (const PartDefinition& d : all_parts) {
            z += coefficients[d.part] * pair.parts[d.part];
            mean[d.part] += pair.parts[d.part] / static_cast<double>(pairs.size());
        }
        loss += std::log(1 + std::exp(z)) - (pair.liked_together ? z : 0);
    }
    loss /= static_cast<double>(pairs.size());
    for (const PartDefinition& d : all_parts) {
        double variance = 0;
        for (const TrainingPair& pair : pairs) {
            variance += std::pow(pair.parts[d.part] - mean[d.part], 2) / static_cast<double>(pairs.size());
        }
        loss += penalty / 2 * std::pow(coefficients[d.part], 2) * variance;
    }
    return loss;
}

// The constant that fits these coefficients best, by bisection of the derivative.
double best_constant(const std::vector<TrainingPair>& pairs, const Weights& coefficients) {
    double low = -50;
    double high = 50;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        double slope = 0;
        for (const TrainingPair& pair : pairs) {
            double z = middle;
            for (const PartDefinition& d : all_parts) {
                z += coefficients[d.part] * pair.parts[d.part];
            }
            slope += 1 / (1 + std::exp(-z)) - (pair.liked_together ? 1 : 0);
        }
        (slope > 0 ? high : low) = middle;
    }
    return low;
}

TEST(Learning, finds_the_coefficients_with_the_least_loss) {
    PerPart<double> truth;
    truth[Part::genre] = 3;
    truth[Part::text] = 1;
    truth[Part::metadata] = -2;
    const std::vector<TrainingPair> pairs = made_pairs(2'000, truth);
    const Weights found = logistic_coefficients(pairs, 0.01);
    EXPECT_GT(found[Part::genre], found[Part::text]);
    EXPECT_EQ(found[Part::metadata], 0) << "no weight is negative";
    const double least = penalised_loss(pairs, found, best_constant(pairs, found), 0.01);
    for (const PartDefinition& d : all_parts) {
        for (const double step : {-0.01, 0.01}) {
            Weights other = found;
            other[d.part] += step;
            if (other[d.part] >= 0) {
                EXPECT_GE(penalised_loss(pairs, other, best_constant(pairs, other), 0.01), least) << d.name;
            }
        }
    }
}

TEST(Learning, gives_weights_of_sum_1) {
    PerPart<double> truth;
    truth[Part::text] = 5;
    const Weights found = learned_weights(made_pairs(5'000, truth), default_penalty);
    EXPECT_DOUBLE_EQ(sum_of(found), 1);
    EXPECT_GT(found[Part::text], 0.8);
}

TEST(Learning, survives_parts_that_are_always_the_same_and_perfect_ones) {
    std::vector<TrainingPair> pairs(100);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs[i].liked_together = i % 2 == 0;
        pairs[i].parts[Part::genre] = i % 2 == 0 ? 1 : 0;
        pairs[i].parts[Part::metadata] = 0.5;
    }
    EXPECT_DOUBLE_EQ(learned_weights(pairs, 0.01)[Part::genre], 1);
}

TEST(Learning, refuses_pairs_that_no_part_tells_apart) {
    std::vector<TrainingPair> pairs(100);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs[i].liked_together = i % 2 == 0;
        pairs[i].parts[Part::genre] = i % 2 == 0 ? 0 : 1;
    }
    EXPECT_THROW((void)learned_weights(pairs, 0.01), Error);
}

Likes likes_of_two_tastes(std::size_t shows) {
    Random random(3);
    std::vector<Like> likes;
    std::vector<ShowId> ids;
    for (std::uint32_t user = 0; user < 40; ++user) {
        for (std::uint32_t show = 0; show < shows; ++show) {
            if (random.below(10) < (show % 2 == user % 2 ? 8u : 1u)) {
                likes.push_back({user, show});
            }
        }
    }
    for (std::size_t show = 0; show < shows; ++show) {
        ids.push_back(ShowId{static_cast<std::int64_t>(show)});
    }
    return {likes, ids, 1};
}

TEST(Learning, takes_the_nearest_items_and_random_others) {
    const Likes likes = likes_of_two_tastes(90);
    Years years;
    for (std::size_t i = 0; i < likes.size(); ++i) {
        years.emplace_back(1990 + static_cast<double>(i / 3));
    }
    const Matrix raw = oracle_cosines(likes);
    const Matrix free = oracle_era_free(raw, years);
    const std::vector<TrainingPair> pairs = training_pairs(likes, years, 7, 1);
    std::map<std::uint32_t, std::multiset<std::size_t>> liked;
    std::map<std::uint32_t, std::set<std::size_t>> others;
    for (const TrainingPair& pair : pairs) {
        if (pair.liked_together) {
            liked[pair.query].insert(pair.other);
        } else {
            others[pair.query].insert(pair.other);
            EXPECT_NE(pair.query, pair.other);
        }
    }
    ASSERT_EQ(liked.size(), likes.size());
    for (const auto& [query, items] : liked) {
        std::multiset<std::size_t> expected;
        for (const auto& relevance : {raw[query], free[query]}) {
            const auto order = oracle_order(relevance);
            expected.insert(order.begin(), order.begin() + 20);
        }
        EXPECT_EQ(items, expected);
        EXPECT_GT(others[query].size(), 5u);
        for (const std::size_t other : others[query]) {
            EXPECT_FALSE(items.contains(other));
        }
    }
    const std::vector<TrainingPair> again = training_pairs(likes, years, 7, 3);
    ASSERT_EQ(again.size(), pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        EXPECT_EQ(again[i].other, pairs[i].other);
    }
    EXPECT_LT(training_pairs(likes, {}, 7, 1).size(), pairs.size()) << "without years";
}

TEST(Learning, folds_are_even_and_random) {
    const std::vector<std::size_t> folds = random_folds(103, 5, 1);
    std::map<std::size_t, std::size_t> sizes;
    for (const std::size_t fold : folds) {
        ++sizes[fold];
    }
    EXPECT_EQ(sizes, (std::map<std::size_t, std::size_t>{{0, 21}, {1, 21}, {2, 21}, {3, 20}, {4, 20}}));
    EXPECT_EQ(folds, random_folds(103, 5, 1));
    EXPECT_NE(folds, random_folds(103, 5, 2));
}

}  // namespace
}  // namespace bingefriend
