// The score of two shows from its parts: the one definition that every path ends in.
#pragma once

#include <cmath>
#include <cstddef>

#include "domain/recommendation.hpp"

namespace bingefriend {

// To 12 decimals, half to even: a double of at least 2^52 has no room for a fraction.  REQUIRES: |value| <
// 2000.
[[nodiscard]] inline double rounded(double value) noexcept {
    constexpr double no_fraction = 0x1.8p52;
    return (value * 1e12 + no_fraction - no_fraction) / 1e12;
}

// Every path computes the genre cosine from the same three counts.
[[nodiscard]] inline double genre_cosine(std::size_t shared, std::size_t a, std::size_t b) noexcept {
    return shared == 0
               ? 0.0
               : static_cast<double>(shared) / std::sqrt(static_cast<double>(a) * static_cast<double>(b));
}

// REQUIRES: the products of the text added in column order.
[[nodiscard]] inline Recommendation scored(ShowId show, const Weights& weights,
                                           const PerPart<double>& exact) noexcept {
    Recommendation r{show, 0, exact};
    for (double& part : r.parts.values) {
        part = rounded(part);
    }
    r.score = rounded(weighted_sum(weights, r.parts));
    return r;
}

}  // namespace bingefriend
