#include "recipes/recipes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

std::string error_of(std::string_view json) {
    try {
        (void)parse_recipe(json, "mine.json");
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(Recipes, contain_the_recipe_of_the_original_as_the_default) {
    EXPECT_EQ(built_in_recipes().front(), "classic");
    EXPECT_EQ(parse_recipe(*built_in_recipe("classic"), "classic"), Recipe());
    EXPECT_FALSE(built_in_recipe("modern"));
}

TEST(Recipes, contain_balanced) {
    const Recipe recipe = parse_recipe(*built_in_recipe("balanced"), "balanced");
    EXPECT_EQ(recipe.name, "balanced");
    EXPECT_EQ(recipe.weights, (Weights{0.22, 0.55, 0.11, 0.065, 0.055}));
    EXPECT_EQ(recipe.features.text.max_features, TextSettings::all_terms);
}

TEST(Recipes, are_the_same_after_writing_and_reading) {
    for (const std::string_view name : built_in_recipes()) {
        const Recipe recipe = parse_recipe(*built_in_recipe(name), name);
        EXPECT_EQ(parse_recipe(recipe_json(recipe), name), recipe);
        EXPECT_EQ(parse_feature_settings(feature_settings_json(recipe.features), name), recipe.features);
    }
}

TEST(Recipes, take_missing_fields_from_classic) {
    EXPECT_EQ(parse_recipe("{}", "x"), Recipe());
    Recipe expected;
    expected.name = "mine";
    expected.features.text.min_df = 3;
    EXPECT_EQ(parse_recipe(R"({"name": "mine", "text": {"min_df": 3}})", "x"), expected);
    EXPECT_EQ(parse_recipe(R"({"metadata": {"fields": ["type"]}})", "x").features.metadata,
              (MetadataFields{false, true, false}));
}

TEST(Recipes, have_weights_of_sum_1) {
    EXPECT_EQ(parse_recipe(R"({"weights": {"genre": 1, "year": 3}})", "x").weights,
              (Weights{0.25, 0, 0, 0.75, 0}));
}

TEST(Recipes, that_are_invalid_are_refused_by_the_name_of_the_field) {
    EXPECT_EQ(error_of("{\"weights\": "), "the recipe is invalid: mine.json: it is not JSON (at byte 13)");
    EXPECT_EQ(error_of("[]"), "the recipe is invalid: mine.json: expected an object");
    EXPECT_EQ(
        error_of(R"({"text": {"min_dff": 2}})"),
        "the recipe is invalid: mine.json: text.min_dff: unknown field; known: summary, name, max_ngram, "
        "min_df, max_df, max_df_shows, max_features, word_breaks, sublinear_tf, length_floor");
    EXPECT_EQ(error_of(R"({"text": {"max_df": 2}})"),
              "the recipe is invalid: mine.json: text.max_df: expected a number from 0 to 1");
    EXPECT_EQ(error_of(R"({"text": {"min_df": -2}})"),
              "the recipe is invalid: mine.json: text.min_df: expected a whole number from 1 to 1000000000");
    EXPECT_EQ(
        error_of(R"({"weights": {"plot": 1}})"),
        "the recipe is invalid: mine.json: weights.plot: unknown field; known: genre, text, metadata, year, "
        "rating");
    EXPECT_EQ(error_of(R"({"weights": {"genre": 0}})"),
              "the recipe is invalid: mine.json: weights: no part has a weight");
    EXPECT_EQ(error_of(R"({"genres": 1})"), "the recipe is invalid: mine.json: genres: expected an object");
    EXPECT_EQ(error_of(R"({"genres": {"idf": "yes"}})"),
              "the recipe is invalid: mine.json: genres.idf: expected true or false");
    EXPECT_EQ(
        error_of(R"({"metadata": {"fields": ["genre"]}})"),
        "the recipe is invalid: mine.json: metadata.fields: expected a list of: platform, type, language");
    EXPECT_EQ(error_of(R"({"name": "a b"})"),
              "the recipe is invalid: mine.json: name: expected up to 64 letters, digits, '-', '_' and '.'");
    EXPECT_NE(error_of(std::string(max_recipe_bytes + 1, ' ')).find("longer than"), std::string::npos);
}

}  // namespace
}  // namespace bingefriend
