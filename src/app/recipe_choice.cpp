#include "app/recipe_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "base/error.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view changed = "-changed";

std::string_view original_name(std::string_view name) {
    return name.ends_with(changed) ? name.substr(0, name.size() - changed.size()) : name;
}

template <typename T>
void replace(T& value, const std::optional<T>& flag) {
    value = flag.value_or(value);
}

void replace_weights(Weights& weights, const PerPart<std::optional<double>>& flags) {
    if (flags == PerPart<std::optional<double>>()) {
        return;
    }
    std::string names;
    for (const PartDefinition& d : all_parts) {
        replace(weights[d.part], flags[d.part]);
        names += fmt::format("{}--{}-weight", names.empty() ? "" : ", ", d.name);
    }
    const double sum = sum_of(weights);
    const bool none_negative =
        std::all_of(weights.values.begin(), weights.values.end(), [](double weight) { return weight >= 0; });
    if (!(none_negative && sum > 0 && std::isfinite(sum))) {
        throw Error(ErrorKind::usage, "the weights cannot be used", "",
                    fmt::format("give weights of 0 or more, not all 0: {}", names));
    }
    weights = normalised(weights);
}

// Renames the recipe if it differs from the original.
void rename_if_changed(Recipe& recipe, const Recipe& original) {
    if (recipe != original && recipe.name == original_name(recipe.name)) {
        recipe.name += changed;
    }
}

}  // namespace

Recipe load_recipe(const std::string& name_or_file) {
    if (const auto json = built_in_recipe(name_or_file)) {
        return parse_recipe(*json, name_or_file);
    }
    std::error_code unreadable;
    std::ifstream file;
    if (std::filesystem::is_regular_file(name_or_file, unreadable)) {
        file.open(name_or_file, std::ios::binary);
    }
    std::string json(max_recipe_bytes + 1, '\0');
    if (!file.is_open() || (file.read(json.data(), static_cast<std::streamsize>(json.size())), file.bad())) {
        throw Error(ErrorKind::usage, "there is no such recipe", name_or_file,
                    fmt::format("give {} or a JSON file", fmt::join(built_in_recipes(), ", ")));
    }
    json.resize(static_cast<std::size_t>(file.gcount()));
    Recipe recipe = parse_recipe(json, name_or_file);
    if (const auto built_in = built_in_recipe(recipe.name)) {  // the file may not pass for it
        rename_if_changed(recipe, parse_recipe(*built_in, recipe.name));
    }
    return recipe;
}

RecipeChoice choose_recipe(const RecipeOptions& options, const Environment& environment) {
    const std::optional<std::string> name = options.recipe ? options.recipe : environment.value("RECIPE");
    RecipeChoice choice{.recipe = load_recipe(name.value_or("classic")),
                        .given = name.has_value(),
                        .weights = options.weights};
    const Recipe original = choice.recipe;
    FeatureSettings& features = choice.recipe.features;
    replace(features.text.max_features, options.max_features);
    replace(features.text.min_df, options.min_df);
    replace(features.text.max_df, options.max_df);
    replace(features.top_n_platforms, options.top_n_platforms);
    replace(features.top_n_languages, options.top_n_languages);
    rename_if_changed(choice.recipe, original);
    (void)recipe_of_features(choice, choice.recipe);  // refuses weights early
    return choice;
}

Recipe recipe_of_features(const RecipeChoice& choice, const Recipe& computed) {
    if (choice.given && original_name(choice.recipe.name) != original_name(computed.name)) {
        throw Error(
            ErrorKind::usage, fmt::format("the features were computed by the recipe {}", computed.name), "",
            fmt::format("run `bingefriend features --recipe {}` first", original_name(choice.recipe.name)));
    }
    Recipe recipe = computed;
    if (choice.given) {
        recipe.weights = choice.recipe.weights;
    }
    replace_weights(recipe.weights, choice.weights);
    rename_if_changed(recipe, computed);
    return recipe;
}

}  // namespace bingefriend
