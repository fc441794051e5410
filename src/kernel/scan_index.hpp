// Everything that the kernel reads and never writes: the profiles, and their text in fixed point by row and
// by term.
//
// The scan computes scores in 16-bit fixed point.  For a query x and a show y it adds
//
//   approximate = Σ round(one · w.part · part) + Σ A(x,t) · B(y,t) / 2^15
//   A(x,t) = round(one · w.text · x_t)       B(y,t) = min(round(2^15 · y_t), 2^15 - 1)
//
// The first sum is over the genre part and the parts by class, the second over the shared terms t.  A product
// is rounded to the nearest unit.  A is off by at most 1/2 and B by at most 1, so before that a product is
// off by at most y_t / 2 + w.text · x_t, as one < 2^15.  No row is longer than 1, so the sum of t shared
// weights is at most sqrt(t), and all products together are off by at most t / 2 + 3/2 · sqrt(t).  The genre
// part is off by at most 1, each part by class by 1/2, and the rounding of the exact score adds less than 1.
// So for every y
//
//   |approximate - one · exact| <= error_bound(terms of x, parts by class)
//
// Vectors add up to 2^15 - 1, above every score, and not further.  A sum over posting lists is not limited
// so: with up to max_summed_terms shared terms it is less than one + error_bound(terms, 0) < 2^15.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"
#include "kernel/profiles.hpp"

namespace bingefriend {

using Units = std::int16_t;

inline constexpr double one = 30'000;  // units of the score 1
inline constexpr int greatest_units = 32'767;

[[nodiscard]] inline Units units(double score) noexcept {
    return static_cast<Units>(std::lround(score * one));
}

// The weight B of a term in a row.
[[nodiscard]] inline Units fixed_weight(double weight) noexcept {
    return static_cast<Units>(std::min<long>(std::lround(weight * 32'768), greatest_units));
}

[[nodiscard]] inline int product(Units a, Units b) noexcept {
    return (int{a} * b + (1 << 14)) >> 15;
}

// A product of at least this survives the rounding: the sum of a row that shares a term is then greater than
// that of a row that shares none.
inline constexpr int least_visible_product = 1 << 16;

[[nodiscard]] inline int error_bound(std::size_t terms, std::size_t parts_by_class) noexcept {
    const double t = std::min(static_cast<double>(terms), 65'000.0);  // from there on, all units
    return static_cast<int>(t / 2 + 1.5 * std::sqrt(t)) + 3 + static_cast<int>(parts_by_class);
}

inline constexpr std::size_t max_summed_terms = 4'096;

[[nodiscard]] inline Units clamped(int value) noexcept {
    return static_cast<Units>(std::clamp(value, 0, greatest_units));
}

// 64 queries are compared at a time, each in a lane of the vectors.
inline constexpr std::size_t lanes = 64;
struct alignas(64) LaneUnits : std::array<Units, lanes> {};

// The terms of each profile, in fixed point and exact.
struct FixedRows {
    FixedRows(const TextMatrix& text, const Profiles& profiles);

    [[nodiscard]] std::size_t length(std::size_t profile) const noexcept {
        return start[profile + 1] - start[profile];
    }

    std::vector<std::size_t> start{0};  // profiles + 1
    std::vector<std::uint32_t> column;
    std::vector<Units> weight;
    std::vector<double> exact_weight;
    int least_weight = greatest_units;
};

// The profiles of each term, in segments small enough for 16-bit numbers and for sums in a core's cache.
struct FixedIndex {
    static constexpr std::size_t window = 2'048;
    static constexpr std::size_t segment_size = 31 * window;
    struct Posting {
        std::uint16_t profile;  // in the segment
        Units weight;
    };
    // Follows the last posting of each list.
    static constexpr Posting closing{0xFFFF, 0};
    static_assert(segment_size < closing.profile);

    FixedIndex(const FixedRows& rows, std::size_t profiles, std::size_t terms);

    [[nodiscard]] std::size_t segments() const noexcept {
        return frequency.empty() ? 0 : start.size() / frequency.size();
    }
    [[nodiscard]] std::span<const Posting> of(std::size_t segment, std::uint32_t column) const noexcept {
        const std::size_t list = segment * frequency.size() + column;
        return std::span(postings).subspan(start[list], start[list + 1] - start[list] - 1);
    }

    std::vector<std::uint32_t> frequency;  // profiles that have the term
    std::vector<std::size_t> start;        // segments × terms + 1
    std::vector<Posting> postings;
};

// What a part by class adds to the score, by the classes of query and show.
class ClassUnits {
  public:
    ClassUnits(const ClassIndex& index, double weight);

    [[nodiscard]] Units of(std::uint32_t query, std::uint32_t other) const {
        return table_.empty() ? computed(query, other) : table_[query * index_->size() + other];
    }

  private:
    [[nodiscard]] Units computed(std::uint32_t query, std::uint32_t other) const {
        return units(weight_ * index_->similarity(index_->classes[query], other));
    }

    const ClassIndex* index_;
    double weight_;
    std::vector<Units> table_;  // classes × classes; empty if they are many
};

struct ScanIndex {
    ScanIndex(const Features& f, const Weights& w);

    const Features& features;
    Weights weights;
    Profiles profiles;
    std::vector<ClassUnits> class_units;  // of profiles.classes
    FixedRows rows;
    FixedIndex terms;
};

}  // namespace bingefriend
