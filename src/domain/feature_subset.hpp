// The features of some of the shows of a catalogue.
#pragma once

#include <cstddef>
#include <span>

#include "domain/features.hpp"

namespace bingefriend {

// Columns, weights and references are those of the whole catalogue, so that two shows have the same score as
// there. REQUIRES: rows ascend and are below features.size().
[[nodiscard]] inline Features feature_subset(const Features& features, std::span<const std::size_t> rows) {
    Features subset = features;
    subset.ids.clear();
    subset.genres.row_start.assign(1, 0);
    subset.genres.column.clear();
    subset.text = {};
    for (const std::size_t row : rows) {
        subset.ids.push_back(features.ids[row]);
        const auto genres = features.genres.of(row);
        subset.genres.column.insert(subset.genres.column.end(), genres.begin(), genres.end());
        subset.genres.row_start.push_back(static_cast<std::int64_t>(subset.genres.column.size()));
        const auto terms = features.text.columns_of(row);
        const auto weights = features.text.values_of(row);
        subset.text.column.insert(subset.text.column.end(), terms.begin(), terms.end());
        subset.text.value.insert(subset.text.value.end(), weights.begin(), weights.end());
        subset.text.row_start.push_back(static_cast<std::int64_t>(subset.text.column.size()));
    }
    const auto select = [&](auto& values) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            values[i] = values[rows[i]];  // rows[i] >= i
        }
        values.resize(rows.size());
    };
    select(subset.platform.column);
    select(subset.type.column);
    select(subset.language.column);
    for (ValueColumn& column : subset.values.values) {
        if (!column.value.empty()) {
            select(column.value);
        }
    }
    return subset;
}

}  // namespace bingefriend
