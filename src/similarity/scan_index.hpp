// Everything the kernel reads and never writes: the profiles, their text in fixed point by row and by term.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"
#include "similarity/fixed_point.hpp"
#include "similarity/profiles.hpp"

namespace bingefriend {

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

// The profiles of each term, in segments small enough for their sums to stay in a core's cache.
struct FixedLists {
    static constexpr std::size_t segment_size = std::size_t{1} << 16;
    struct Posting {
        std::uint16_t profile;  // in the segment
        Units weight;
    };

    FixedLists(const FixedRows& rows, std::size_t profiles, std::size_t terms);

    [[nodiscard]] std::size_t segments() const noexcept {
        return frequency.empty() ? 0 : start.size() / frequency.size();
    }
    [[nodiscard]] std::span<const Posting> of(std::size_t segment, std::uint32_t column) const noexcept {
        const std::size_t list = segment * frequency.size() + column;
        return std::span(postings).subspan(start[list], start[list + 1] - start[list]);
    }

    std::vector<std::uint32_t> frequency;  // profiles that have the term
    std::vector<std::size_t> start;        // segments × terms + 1
    std::vector<Posting> postings;
};

struct ScanIndex {
    ScanIndex(const Features& f, const Weights& w)
        : features(f),
          weights(w),
          profiles(f),
          rows(f.text, profiles),
          lists(rows, profiles.size(), f.vocabulary.terms.size()) {}

    const Features& features;
    Weights weights;
    Profiles profiles;
    FixedRows rows;
    FixedLists lists;
};

}  // namespace bingefriend
