// The option --recipe of the benchmarks.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "recipes/recipes.hpp"

namespace bingefriend::bench {

// Of a built-in recipe or a JSON file.
inline Recipe load_recipe(const std::string& name_or_file) {
    if (const auto json = built_in_recipe(name_or_file)) {
        return parse_recipe(*json, name_or_file);
    }
    std::ifstream file(name_or_file);
    return parse_recipe(std::string(std::istreambuf_iterator<char>(file), {}), name_or_file);
}

}  // namespace bingefriend::bench
