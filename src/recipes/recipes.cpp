#include "recipes/recipes.hpp"

#include <array>

extern "C" const char recipe_classic_begin[], recipe_classic_end[];
extern "C" const char recipe_balanced_begin[], recipe_balanced_end[];

namespace bingefriend {
namespace {

struct BuiltIn {
    std::string_view name;
    const char *begin, *end;
};

const std::array built_in{BuiltIn{"classic", recipe_classic_begin, recipe_classic_end},
                          BuiltIn{"balanced", recipe_balanced_begin, recipe_balanced_end}};

}  // namespace

std::vector<std::string_view> built_in_recipes() {
    std::vector<std::string_view> names;
    for (const BuiltIn& recipe : built_in) {
        names.push_back(recipe.name);
    }
    return names;
}

std::optional<std::string_view> built_in_recipe(std::string_view name) {
    for (const BuiltIn& recipe : built_in) {
        if (recipe.name == name) {
            return std::string_view(recipe.begin, static_cast<std::size_t>(recipe.end - recipe.begin));
        }
    }
    return {};
}

}  // namespace bingefriend
