// Parts without a weight: they cannot tell shows apart, so the kernel does not see them; but every
// recommendation tells them.
#pragma once

#include <algorithm>
#include <cstddef>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

[[nodiscard]] inline bool every_part_counts(const Weights& weights) noexcept {
    return std::all_of(weights.values.begin(), weights.values.end(),
                       [](double weight) { return weight > 0; });
}

// The features as if no show had those of a part without a weight.
[[nodiscard]] Features counted_features(const Features& features, const Weights& weights);

// Fills in the parts of lists that were made from counted_features.  Time: entries × terms of a show.
void add_uncounted_parts(RecommendationLists& lists, const Features& features, const Weights& weights,
                         std::size_t threads);

}  // namespace bingefriend
