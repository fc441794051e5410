// The two JSON files beside the matrices: what their columns stand for, and the settings.
#pragma once

#include <string>
#include <string_view>

#include "domain/features.hpp"

namespace bingefriend {

[[nodiscard]] std::string vectorizer_json(const Features& features);
[[nodiscard]] std::string encoder_json(const Features& features);

// Puts vocabulary and settings into `features`, whose ids are already there.
// Both throw Error{input} that names `where` where it is not the JSON expected or belongs to other shows.
void read_vectorizer_json(std::string_view json, const std::string& where, Features& features);
// Puts the names of genres, platforms, types and languages into `features`.
void read_encoder_json(std::string_view json, const std::string& where, Features& features);

}  // namespace bingefriend
