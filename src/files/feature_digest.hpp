// The digest that says which feature files belong together, and to which catalogue.
//
// tfidf_vectorizer.json holds both values as "digest".  The first is of the catalogue's bytes, the second of
// what all feature files say together: files that NumPy wrote anew with the same values keep it.
#pragma once

#include <filesystem>
#include <string>

#include "domain/features.hpp"

namespace bingefriend {

struct FeatureDigest {
    std::string catalogue;  // SHA-256 of shows_metadata.csv, in small digits; empty where there is none
    std::string features;   // see feature_digest; empty where there is none

    friend bool operator==(const FeatureDigest&, const FeatureDigest&) = default;
};

// Whether the settings differ from those of `classic` in more than the five that the files held before there
// were recipes.  Else the files are still the same.
[[nodiscard]] bool needs_recipe(const FeatureSettings& settings);

// Throws Error{input} where the file cannot be read.  Memory: a buffer.
[[nodiscard]] std::string file_digest(const std::filesystem::path& file);

// SHA-256 over the catalogue's digest, the settings and every value, row by row; weights count as float32,
// so that a matrix that was saved in fewer bits is still the same.  The ids are in the catalogue's digest.
[[nodiscard]] std::string feature_digest(const Features& features, const std::string& catalogue);

}  // namespace bingefriend
