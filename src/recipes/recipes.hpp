// Recipes <-> JSON.  Pure.
//
// docs/recipes.md explains the fields; docs/recipe.schema.json is their JSON schema.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/recipe.hpp"

namespace bingefriend {

// The recipes that the program contains, `classic` first.
[[nodiscard]] std::vector<std::string_view> built_in_recipes();

// The JSON of a built-in recipe; none if there is no such recipe.
[[nodiscard]] std::optional<std::string_view> built_in_recipe(std::string_view name);

inline constexpr std::size_t max_recipe_bytes = std::size_t{1} << 16;

// Fields that are missing are those of `classic`; parts without a weight weigh 0 if any part has one.  The
// weights are divided by their sum.  Throws Error{usage} that names `where` and the invalid field.
[[nodiscard]] Recipe parse_recipe(std::string_view json, std::string_view where);

// One line, with every field.
[[nodiscard]] std::string recipe_json(const Recipe& recipe);

// The same for the settings of the features alone.
[[nodiscard]] FeatureSettings parse_feature_settings(std::string_view json, std::string_view where);
[[nodiscard]] std::string feature_settings_json(const FeatureSettings& settings);

}  // namespace bingefriend
