// The weights of terms and genres, and of a row of the text matrix from the counts of its terms.
//
// The one definition: rows that are computed again from their counts must be the same to the last bit.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/features.hpp"

namespace bingefriend {

// Of a term or genre that so many of the shows have.
[[nodiscard]] inline double inverse_document_frequency(std::size_t shows,
                                                       std::int64_t document_frequency) noexcept {
    return std::log((1.0 + static_cast<double>(shows)) / (1.0 + static_cast<double>(document_frequency))) +
           1.0;
}

// Sets the idf of each genre from the shows that have it.
inline void set_idf(GenreSets& genres) {
    std::vector<std::int64_t> shows(genres.names.size());
    for (const std::int32_t genre : genres.column) {
        ++shows[static_cast<std::size_t>(genre)];
    }
    genres.idf.clear();
    for (const std::int64_t frequency : shows) {
        genres.idf.push_back(inverse_document_frequency(genres.rows(), frequency));
    }
    genres.unknown_idf = inverse_document_frequency(genres.rows(), 0);
}

// tf × idf of a term that occurs `count` times, before the row is divided by its length.
[[nodiscard]] inline double term_weight(double count, double idf, const TextSettings& settings) noexcept {
    return (settings.sublinear_tf ? 1 + std::log(count) : count) * idf;
}

[[nodiscard]] inline double row_length(std::span<const double> weights) noexcept {
    double squares = 0;
    for (const double weight : weights) {
        squares += weight * weight;
    }
    return std::sqrt(squares);
}

// Divides a row by its length, or by least_length if that is more.
inline void divide_by_length(std::span<double> weights, double least_length) noexcept {
    const double length = std::max(row_length(weights), least_length);
    for (double& weight : weights) {
        weight /= length;
    }
}

}  // namespace bingefriend
