// The features of one show, as columns of a catalogue's features: of a row of it, or of a show from
// elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "domain/features.hpp"

namespace bingefriend {

inline constexpr PerPart<double> no_values = [] {
    PerPart<double> values;
    values.values.fill(ValueColumn::none);
    return values;
}();

struct FeatureRow {
    // Unknown value; matches no show.
    static constexpr std::int32_t not_asked = -2;

    std::vector<std::int32_t> genres;  // columns, ascending, each once
    double genre_squares = 0;  // the square of the length of its genre set, with genres that have no column
    std::vector<std::int32_t> terms;  // columns, ascending, each once
    std::vector<double> weights;      // of the terms
    std::int32_t platform = not_asked;
    std::int32_t type = not_asked;
    std::int32_t language = not_asked;
    PerPart<double> values = no_values;  // of the parts that compare a number

    friend bool operator==(const FeatureRow&, const FeatureRow&) = default;
};

// REQUIRES: row < features.size(), as below.
[[nodiscard]] inline PerPart<double> values_of(const Features& features, std::size_t row) {
    PerPart<double> values;
    for (const PartDefinition& d : all_parts) {
        values[d.part] = features.values[d.part].of(row);
    }
    return values;
}

[[nodiscard]] inline FeatureRow feature_row(const Features& features, std::size_t row) {
    const auto genres = features.genres.of(row);
    const auto terms = features.text.columns_of(row);
    const auto weights = features.text.values_of(row);
    return {.genres = {genres.begin(), genres.end()},
            .genre_squares = features.genres.squares(genres),
            .terms = {terms.begin(), terms.end()},
            .weights = {weights.begin(), weights.end()},
            .platform = features.platform.column[row],
            .type = features.type.column[row],
            .language = features.language.column[row],
            .values = values_of(features, row)};
}

}  // namespace bingefriend
