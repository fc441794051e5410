#include "evaluation/learning.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "evaluation/co_likes.hpp"
#include "evaluation/logistic.hpp"
#include "evaluation/measures.hpp"
#include "evaluation/random.hpp"

namespace bingefriend {
namespace {

void add_liked(std::vector<TrainingPair>& pairs, std::uint32_t query, std::span<const double> cosines) {
    for (const std::uint32_t other : nearest(cosines, ideal_items)) {
        if (cosines[other] > 0) {
            pairs.push_back({.query = query, .other = other, .liked_together = true});
        }
    }
}

// As many random items as the query has liked ones; those among the liked ones are left out.
void add_random(std::vector<TrainingPair>& pairs, std::uint32_t query, std::size_t items, Random random) {
    const std::size_t liked = pairs.size();
    for (std::size_t i = 0; i < liked; ++i) {
        const auto other = static_cast<std::uint32_t>(random.below(items));
        const auto is_other = [&](const TrainingPair& pair) { return pair.other == other; };
        const auto end = pairs.begin() + static_cast<std::ptrdiff_t>(liked);
        if (other != query && std::none_of(pairs.begin(), end, is_other)) {
            pairs.push_back({.query = query, .other = other});
        }
    }
}

std::vector<std::uint32_t> spaced_queries(std::size_t items) {
    const std::size_t queries = std::min(items, max_training_queries);
    std::vector<std::uint32_t> result(queries);
    for (std::size_t i = 0; i < queries; ++i) {
        result[i] = static_cast<std::uint32_t>(i * items / queries);
    }
    return result;
}

}  // namespace

std::vector<TrainingPair> training_pairs(const Likes& likes, const Years& years, std::uint64_t seed,
                                         std::size_t threads) {
    std::optional<EraMeans> era;
    if (!years.empty()) {
        era.emplace(likes, years, threads);
    }
    const std::vector<std::uint32_t> queries = spaced_queries(likes.size());
    std::vector<std::vector<TrainingPair>> of_query(queries.size());
    in_parallel<16>(queries.size(), threads, no_progress, [&] {
        return [&, co_likes = CoLikes(likes)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t i = begin; i < end; ++i) {
                std::vector<TrainingPair>& pairs = of_query[i];
                const std::span<double> cosines = co_likes.row(queries[i]);
                add_liked(pairs, queries[i], cosines);
                if (era) {
                    era->divide(queries[i], cosines);
                    add_liked(pairs, queries[i], cosines);
                }
                add_random(pairs, queries[i], likes.size(), Random(seed + queries[i]));
            }
        };
    });
    std::vector<TrainingPair> all;
    for (const std::vector<TrainingPair>& pairs : of_query) {
        all.insert(all.end(), pairs.begin(), pairs.end());
    }
    return all;
}

Weights learned_weights(std::span<const TrainingPair> pairs, double penalty) {
    const Weights coefficients = logistic_coefficients(pairs, penalty);
    if (!(sum_of(coefficients) > 1e-9)) {
        throw Error(ErrorKind::input, "the parts do not tell shows that are liked together from others", "",
                    "give more ratings, or another recipe");
    }
    return normalised(coefficients);
}

std::vector<std::size_t> random_folds(std::size_t items, std::size_t folds, std::uint64_t seed) {
    std::vector<std::size_t> result(items);
    Random random(seed);
    for (std::size_t item = 0; item < items; ++item) {
        result[item] = item % folds;
        std::swap(result[item], result[random.below(item + 1)]);
    }
    return result;
}

}  // namespace bingefriend
