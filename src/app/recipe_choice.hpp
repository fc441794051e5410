// The recipe of a run: that of --recipe or RECIPE, with the flags that replace single settings of it.
#pragma once

#include <optional>

#include "app/options.hpp"
#include "domain/recipe.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct RecipeChoice {
    Recipe recipe;                           // with the flags of the features
    bool given = false;                      // by --recipe or RECIPE
    PerPart<std::optional<double>> weights;  // flags, not yet applied
};

// "classic", "balanced" or the file of that name, without the flags.  Throws Error{usage} if there is no such
// recipe or it is invalid.
[[nodiscard]] Recipe load_recipe(const std::string& name_or_file);

// A recipe that flags change gets a name of its own: "classic-changed".  Throws Error{usage}, also if a
// weight is negative or not finite, or if all are 0.
[[nodiscard]] RecipeChoice choose_recipe(const RecipeOptions& options, const Environment& environment);

// The recipe to rank features by that were computed by `computed`: with the weights of the chosen recipe if
// that was given, else those of `computed`; the flags replace single ones.  Throws Error{usage} if another
// recipe was given.
[[nodiscard]] Recipe recipe_of_features(const RecipeChoice& choice, const Recipe& computed);

}  // namespace bingefriend
