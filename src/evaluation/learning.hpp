// Weights of the parts of a score, learned from what people like together.
//
// Regularised logistic regression (Hosmer, Lemeshow and Sturdivant 2013, "Applied Logistic Regression") on
// pairs of items, as Leng, De La Cruz Paulino, Haider, Lu, Zhou, Mengshoel, Brodin, Forgeat and Jude 2018
// ("Finding similar movies: dataset, tools, and methods") learn a similarity of films: the parts of the score
// are the features, and the model says whether the pair is liked together. Its coefficients are the weights,
// because both add the parts linearly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/parts.hpp"
#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

struct TrainingPair {
    std::uint32_t query = 0;
    std::uint32_t other = 0;
    bool liked_together = false;
    PerPart<double> parts;
};

inline constexpr std::size_t max_training_queries = 20'000;

// Pairs without their parts, query by query. Liked together are, for each query, the 20 items with the
// highest co-like cosine and, if there are years, the 20 with the highest era-free cosine: half of the pairs
// must not teach the calendar. As many pairs with random other items are not. Of more than
// max_training_queries items, evenly spaced ones are queries. The same pairs for any number of threads.
//
// Cost: as measures(). Memory: 64 bytes per pair.
[[nodiscard]] std::vector<TrainingPair> training_pairs(const Likes& likes, const Years& years,
                                                       std::uint64_t seed, std::size_t threads);

// Weights with sum 1, none negative. Maximises the mean log-likelihood minus penalty / 2 · Σ coefficient²,
// with parts scaled to a standard deviation of 1 (the coefficients are scaled back). Newton's method; each
// step is a least-squares problem with coefficients of at least 0, solved by coordinate descent. Throws
// Error{input} if no part tells liked pairs from others. Cost: some ten passes over the pairs.
[[nodiscard]] Weights learned_weights(std::span<const TrainingPair> pairs, double penalty);

// Chosen on public ratings among 0.0001 to 0.1; the held-out recall differed by 0.003.
inline constexpr double default_penalty = 0.01;

// The fold of each item, 0 to folds - 1, in random order and equally often.
[[nodiscard]] std::vector<std::size_t> random_folds(std::size_t items, std::size_t folds, std::uint64_t seed);

}  // namespace bingefriend
