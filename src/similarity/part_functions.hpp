// The parts of the score of two shows, and the score: the one definition, in which every path ends.
//
// Each part is a pure function of the features of two shows.  The kernel computes many pairs at a time, but
// parts and scores of its lists come from here.  Tests compare all paths with an oracle.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "domain/feature_row.hpp"
#include "domain/features.hpp"
#include "domain/parts.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

// Rounds to 12 decimals, half to even: a double of at least 2^52 has no room for a fraction.
// REQUIRES: |value| < 2000.
[[nodiscard]] inline double rounded(double value) noexcept {
    constexpr double no_fraction = 0x1.8p52;
    return (value * 1e12 + no_fraction - no_fraction) / 1e12;
}

// The genre part from the squares of the shared genres and of the two genre sets (GenreSets::squares).
[[nodiscard]] inline double genre_cosine(double shared, double a, double b) noexcept {
    return shared == 0 ? 0.0 : shared / std::sqrt(a * b);
}

// The recommendation of a show with these parts, which need not be rounded.  REQUIRES: the products of the
// text are added in column order.
[[nodiscard]] inline Recommendation scored(ShowId show, const Weights& weights,
                                           const PerPart<double>& exact) noexcept {
    Recommendation r{show, 0, exact};
    for (double& part : r.parts.values) {
        part = rounded(part);
    }
    r.score = rounded(weighted_sum(weights, r.parts));
    return r;
}

// What the parts compare of one show.
struct ShowFeatures {
    std::span<const std::int32_t> genres;
    double genre_squares;
    std::span<const std::int32_t> terms;
    std::span<const double> weights;
    std::int32_t platform, type, language;
    PerPart<double> values;
};

// Views of the features.  REQUIRES: row < features.size().
[[nodiscard]] ShowFeatures show_features(const Features& features, std::size_t row);
[[nodiscard]] ShowFeatures show_features(const FeatureRow& row);

// Shows with the same key have the same part with every other show.
using ClassKey = std::array<std::int32_t, 3>;

struct PartFunction {
    // The part of `other` in the list of `query`, not rounded: in 0 to 1, and never more than the part of the
    // query with itself.
    double (*of)(const Features& catalogue, const ShowFeatures& query, const ShowFeatures& other);
    // Of a part that compares few different things; else null.
    ClassKey (*class_key)(const ShowFeatures& show);
    // Whether the part is the same with query and other exchanged.  Else shows that are not liked do not
    // count in a question (question.hpp).
    bool symmetric = true;
};

[[nodiscard]] const PartFunction& part_function(Part part) noexcept;

// The part of the shows of two rows, rounded as in a score.  Cost: their genres and terms.
[[nodiscard]] double part_of_pair(Part part, const Features& features, std::size_t query, std::size_t other);

// The parts that a score with these weights has; 0 for the others.
[[nodiscard]] PerPart<double> parts_of_pair(const Features& features, const Weights& weights,
                                            std::size_t query, std::size_t other);

}  // namespace bingefriend
