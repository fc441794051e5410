// The two JSON files beside the matrices: what their columns stand for, and the settings.
#pragma once

#include <string>
#include <string_view>

#include "domain/features.hpp"
#include "files/feature_digest.hpp"

namespace bingefriend {

[[nodiscard]] std::string vectorizer_json(const Features& features, const FeatureDigest& digest);
[[nodiscard]] std::string encoder_json(const Features& features);

// Puts vocabulary and settings into `features`; returns the digest, which is empty where the file has none.
// Both throw Error{input} that names `where` where it is not the JSON expected or is not of `shows` shows.
[[nodiscard]] FeatureDigest read_vectorizer_json(std::string_view json, const std::string& where,
                                                 std::size_t shows, Features& features);
// Puts the names of genres, platforms, types and languages into `features`.
void read_encoder_json(std::string_view json, const std::string& where, Features& features);

}  // namespace bingefriend
