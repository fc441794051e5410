// Scores in 16-bit fixed point: what the scan computes with, and how far from the truth that may be.
//
// The scan adds, for a query x and a show y,
//
//   approximate = round(one · (w.genre · genre + ...)) + Σ A(x,t) · B(y,t) / 2^15     over shared terms t
//   A(x,t) = round(one · w.text · x_t)       B(y,t) = min(round(2^15 · y_t), 2^15 - 1)
//
// One product is off by at most 1/2 (A) + 1 (B, as A < 2^15) + 1 (its own rounding); genre and metadata
// are off by 1/2 each, the rounding of the exact score by less than 1.  So for every y
//
//   |approximate - one · exact| <= error_bound(terms of x)
//
// Sums saturate at 2^15 - 1, above every score.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bingefriend {

using Units = std::int16_t;

inline constexpr double one = 30'000;  // units of the score 1
inline constexpr int greatest_units = 32'767;

[[nodiscard]] inline Units units(double score) noexcept {
    return static_cast<Units>(std::lround(score * one));
}

// The weight B of a term in a row of length 1.
[[nodiscard]] inline Units fixed_weight(double weight) noexcept {
    return static_cast<Units>(std::min<long>(std::lround(weight * 32'768), greatest_units));
}

[[nodiscard]] inline int product(Units a, Units b) noexcept {
    return (int{a} * b + (1 << 14)) >> 15;
}

// A product of at least this is not lost in rounding: the sum of a row that shares a term is then greater
// than that of a row that shares none.
inline constexpr int least_visible_product = 1 << 16;

[[nodiscard]] inline int error_bound(std::size_t terms) noexcept {
    return static_cast<int>(5 * std::min<std::size_t>(terms, 10'000) / 2) + 3;
}

[[nodiscard]] inline Units clamped(int value) noexcept {
    return static_cast<Units>(std::clamp(value, 0, greatest_units));
}

// Queries are compared 64 at a time, each a lane of the vectors.
inline constexpr std::size_t lanes = 64;
struct alignas(64) LaneUnits : std::array<Units, lanes> {};

}  // namespace bingefriend
