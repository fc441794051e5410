#include "app/recipe_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

class ChooseRecipe : public testing::Test {
  protected:
    ChooseRecipe() { ::unsetenv("RECIPE"); }
    ~ChooseRecipe() override { ::unsetenv("RECIPE"); }

    [[nodiscard]] RecipeChoice choose(const RecipeOptions& options = {}) const {
        return choose_recipe(options, Environment(folder_ / "none"));
    }
    // To rank features of the same recipe by.
    [[nodiscard]] Recipe ranking(const RecipeOptions& options) const {
        return recipe_of_features(choose(options), choose(options).recipe);
    }
    [[nodiscard]] std::string error_of(const RecipeOptions& options) const {
        try {
            (void)choose(options);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
        return "";
    }

    TestFolder folder_;
};

TEST_F(ChooseRecipe, takes_the_flag_before_the_setting_before_classic) {
    EXPECT_EQ(choose().recipe, Recipe());
    EXPECT_FALSE(choose().given);
    ::setenv("RECIPE", "balanced", 1);
    EXPECT_EQ(choose().recipe.name, "balanced");
    EXPECT_TRUE(choose().given);
    EXPECT_EQ(choose({.recipe = "classic"}).recipe, Recipe());
}

TEST_F(ChooseRecipe, reads_a_file) {
    const std::string file = (folder_ / "mine.json").string();
    std::ofstream(file) << R"({"name": "mine", "weights": {"year": 2}})";
    const Recipe recipe = choose({.recipe = file}).recipe;
    EXPECT_EQ(recipe.name, "mine");
    EXPECT_EQ(recipe.weights, (Weights{0, 0, 0, 1}));
    std::ofstream(file) << R"({"weights": {"year": 2}})";
    EXPECT_EQ(choose({.recipe = file}).recipe.name, "classic-changed") << "it does not pass for classic";
    EXPECT_EQ(recipe_of_features(choose(), choose({.recipe = file}).recipe).weights, (Weights{0, 0, 0, 1}))
        << "the weights of the feature files stay";
    std::ofstream(file) << "{";
    EXPECT_THAT(error_of({.recipe = file}), testing::HasSubstr("it is not JSON"));
    EXPECT_EQ(error_of({.recipe = "modern"}),
              "there is no such recipe: modern: give classic, balanced or a JSON file");
    EXPECT_THAT(error_of({.recipe = folder_.path().string()}), testing::HasSubstr("there is no such recipe"));
}

TEST_F(ChooseRecipe, replaces_single_settings_and_renames_the_recipe) {
    RecipeOptions options{.recipe = "balanced"};
    options.min_df = 5;
    options.weights[Part::year] = 0;
    const Recipe recipe = ranking(options);
    EXPECT_EQ(recipe.name, "balanced-changed");
    EXPECT_EQ(recipe.features.text.min_df, 5u);
    EXPECT_EQ(recipe.features.text.max_df, 0.02);
    EXPECT_EQ(recipe.weights[Part::year], 0);
    EXPECT_DOUBLE_EQ(sum_of(recipe.weights), 1);
    options = {};
    options.min_df = 2;  // as it was
    EXPECT_EQ(choose(options).recipe.name, "classic");
}

TEST_F(ChooseRecipe, normalises_weights_and_refuses_invalid_ones) {
    RecipeOptions options;
    const auto give = [&](double genre, double text, double metadata) {
        options.weights = {{genre, text, metadata}};
        return options;
    };
    EXPECT_EQ(ranking(give(4, 5, 1)).weights, (Weights{0.4, 0.5, 0.1}));
    for (const auto& bad : {give(-1, 1, 1), give(0, 0, 0), give(std::nan(""), 1, 1),
                            give(std::numeric_limits<double>::infinity(), 1, 1)}) {
        EXPECT_EQ(error_of(bad),
                  "the weights cannot be used: give weights of 0 or more, not all 0: --genre-weight, "
                  "--text-weight, --metadata-weight, --year-weight, --rating-weight");
    }
}

TEST_F(ChooseRecipe, ranks_features_by_the_recipe_that_computed_them) {
    const Recipe balanced = choose({.recipe = "balanced"}).recipe;
    EXPECT_EQ(recipe_of_features(choose(), balanced), balanced);
    EXPECT_EQ(recipe_of_features(choose({.recipe = "balanced"}), balanced), balanced);
    RecipeOptions options;
    options.weights[Part::genre] = 1;
    EXPECT_EQ(recipe_of_features(choose(options), balanced).name, "balanced-changed");
    EXPECT_DOUBLE_EQ(recipe_of_features(choose(options), balanced).weights[Part::genre], 1 / 1.78);
    try {
        (void)recipe_of_features(choose({.recipe = "balanced"}), Recipe());
        FAIL();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "the features were computed by the recipe classic: run `bingefriend features --recipe "
                     "balanced` first");
    }
}

}  // namespace
}  // namespace bingefriend
