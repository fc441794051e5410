// A recipe: how the features are computed and what each part of the score weighs.
#pragma once

#include <string>

#include "domain/features.hpp"
#include "domain/parts.hpp"

namespace bingefriend {

// The default is `classic`, the recipe of the original system.
struct Recipe {
    std::string name = "classic";
    FeatureSettings features;
    Weights weights = default_weights;  // with sum 1

    friend bool operator==(const Recipe&, const Recipe&) = default;
};

}  // namespace bingefriend
