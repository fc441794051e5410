// The features as files that NumPy and SciPy read as well: see docs/files.md.
//
//   genre_features.npy        uint8,   n × genres, multi-hot
//   text_features.npz         float64, n × terms, CSR as scipy.sparse.save_npz lays it out
//   platform_features.npy     uint8,   n × (platforms + other), one-hot; likewise language_
//   type_features.npy         uint8,   n × types; a row of zeros for a show without a type
//   tfidf_vectorizer.json     terms in column order, idf, document_frequency, the settings
//   genre_encoder.json        the column names: genres, platforms, types, languages
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "domain/features.hpp"

namespace bingefriend {

// All that another machine needs to go on, the catalogue first.  The last is read first and written last.
inline constexpr std::array<std::string_view, 8> feature_file_names{
    "shows_metadata.csv", "genre_features.npy",    "text_features.npz",  "platform_features.npy",
    "type_features.npy",  "language_features.npy", "genre_encoder.json", "tfidf_vectorizer.json"};

// Each file is put in place whole.
void write_features(const std::filesystem::path& folder, const Features& features);

// REQUIRES: ids of the shows whose features they are, in row order.
// Throws Error{input} where a file is missing or damaged, or does not belong to these shows.
[[nodiscard]] Features read_features(const std::filesystem::path& folder, const std::vector<ShowId>& ids);

}  // namespace bingefriend
