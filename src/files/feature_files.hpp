// The features as files that NumPy and SciPy read as well: see docs/files.md.
//
//   genre_features.npy        uint8,   n × genres, multi-hot
//   text_features.npz         float64, n × terms, CSR as scipy.sparse.save_npz lays it out
//   platform_features.npy     uint8,   n × (platforms + other), one-hot; likewise language_
//   type_features.npy         uint8,   n × types; a row of zeros for a show without a type
//   tfidf_vectorizer.json     terms in column order, idf, document_frequency, the settings or recipe, the
//   digest genre_encoder.json        the column names: genres, platforms, types, languages
//
// A matrix of zeros and ones with more than 1,000 columns is a sparse .npz instead of an .npy
// (hot_matrix.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/features.hpp"
#include "domain/recipe.hpp"

namespace bingefriend {

// What another machine needs to continue, the catalogue first. The vectorizer is written last.
enum class FeatureFile : std::uint8_t {
    catalogue,
    genres,
    text,
    platforms,
    types,
    languages,
    encoder,
    vectorizer
};

inline constexpr std::array all_feature_files{
    FeatureFile::catalogue, FeatureFile::genres,    FeatureFile::text,    FeatureFile::platforms,
    FeatureFile::types,     FeatureFile::languages, FeatureFile::encoder, FeatureFile::vectorizer};

[[nodiscard]] std::string_view name_of(FeatureFile file) noexcept;

// The name of the file in the folder: a matrix of zeros and ones may be sparse.
[[nodiscard]] std::string feature_file_in(const std::filesystem::path& folder, FeatureFile file);

// The sparse name of a matrix of zeros and ones, the dense one of a sparse one; empty for other files.
[[nodiscard]] std::string other_form_of_feature_file(std::string_view name);

// Each file is put in place whole.  REQUIRES: features of the catalogue in the folder's shows_metadata.csv,
// computed by this recipe.  Throws Error{input} if that file is missing.
void write_features(const std::filesystem::path& folder, const Features& features, const Recipe& recipe);

struct FeaturesOfFiles {
    Features features;
    Recipe recipe;            // that the features were computed by
    bool has_digest = false;  // whether the files say to which catalogue they belong
};

// What to tell people of files without a digest; `folder` names them.
[[nodiscard]] std::string no_digest_warning(const std::filesystem::path& folder);

// REQUIRES: ids of the shows in the folder's shows_metadata.csv, in row order.
// Throws Error{input} where a file is missing or damaged, or where the files do not belong together: where
// shows_metadata.csv is not the one that they were computed from, byte by byte, or one of them is of another
// run.  Files without a digest (of an earlier version or another program) are held against the number of
// shows alone.
[[nodiscard]] FeaturesOfFiles read_features(const std::filesystem::path& folder,
                                            const std::vector<ShowId>& ids);

// The same check of a folder whose shows are not known.  Returns whether the files have a digest.
bool check_features(const std::filesystem::path& folder);

}  // namespace bingefriend
