#include "features/features.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using testing::ElementsAre;

TEST(ComputeFeatures, gives_row_r_to_show_r) {
    Catalogue catalogue;
    catalogue.shows.resize(2);
    catalogue.shows[0] = {.id = ShowId{5},
                          .name = "A",
                          .genres = {"Drama"},
                          .summary_text = "robot war",
                          .type = "Scripted",
                          .language = "English",
                          .platform = "HBO"};
    catalogue.shows[1] = {.id = ShowId{9}, .name = "B", .summary_text = "robot"};
    FeatureSettings settings;
    settings.text = {.max_features = 10, .min_df = 1, .max_df = 1.0};
    const Features features = compute_features(catalogue, settings);
    EXPECT_THAT(features.ids, ElementsAre(ShowId{5}, ShowId{9}));
    EXPECT_THAT(features.vocabulary.terms, ElementsAre("robot", "robot war", "war"));
    EXPECT_THAT(features.text.columns_of(1), ElementsAre(0));
    EXPECT_THAT(features.genres.of(0), ElementsAre(0));
    EXPECT_THAT(features.platform.column, ElementsAre(0, 1));
    EXPECT_THAT(features.type.column, ElementsAre(0, Categories::none));
    EXPECT_THAT(features.language.column, ElementsAre(0, 1));
    EXPECT_EQ(features.settings, settings);
}

TEST(ComputeFeatures, of_an_empty_catalogue_are_empty) {
    const Features features = compute_features({});
    EXPECT_EQ(features.size(), 0u);
    EXPECT_EQ(features.text.rows(), 0u);
    EXPECT_EQ(features.genres.rows(), 0u);
}

}  // namespace
}  // namespace bingefriend
