// The score of two shows from its parts: the one definition that every path ends in.
#pragma once

#include <cmath>
#include <cstddef>

#include "domain/recommendation.hpp"

namespace bingefriend {

[[nodiscard]] inline double rounded(double value) noexcept {
    return std::nearbyint(value * 1e12) / 1e12;
}

// Every path computes the genre cosine from the same three counts.
[[nodiscard]] inline double genre_cosine(std::size_t shared, std::size_t a, std::size_t b) noexcept {
    return shared == 0
               ? 0.0
               : static_cast<double>(shared) / std::sqrt(static_cast<double>(a) * static_cast<double>(b));
}

// REQUIRES: `dot` added in column order.
[[nodiscard]] inline Recommendation scored(ShowId show, const Weights& weights, double genre, double dot,
                                           double metadata) noexcept {
    Recommendation r{show, 0, rounded(genre), rounded(dot), rounded(metadata)};
    r.score = rounded(weights.genre * r.genre + weights.text * r.text + weights.metadata * r.metadata);
    return r;
}

}  // namespace bingefriend
