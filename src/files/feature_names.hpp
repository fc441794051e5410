// The two JSON files beside the matrices: what their columns stand for, and the settings.
#pragma once

#include <string>
#include <string_view>

#include "files/feature_digest.hpp"
#include "files/feature_files.hpp"

namespace bingefriend {

[[nodiscard]] std::string vectorizer_json(const Features& features, const Recipe& recipe,
                                          const FeatureDigest& digest);
[[nodiscard]] std::string encoder_json(const Features& features);

// Puts the vocabulary and the recipe into `files`.  Returns the digest, empty if the file has none.  Both
// throw Error{input} that names `where` if it is not the expected JSON or belongs to another number of shows.
[[nodiscard]] FeatureDigest read_vectorizer_json(std::string_view json, const std::string& where,
                                                 std::size_t shows, FeaturesOfFiles& files);
// Puts the names of genres, platforms, types and languages into `features`.
void read_encoder_json(std::string_view json, const std::string& where, Features& features);

}  // namespace bingefriend
