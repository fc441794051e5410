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

Catalogue three_shows() {
    Catalogue catalogue;
    catalogue.shows.push_back({.id = ShowId{5},
                               .name = "A",
                               .genres = {"Drama", "Crime"},
                               .summary_text = "A robot war, the Robot wars and the robot war.",
                               .type = "Scripted",
                               .language = "English",
                               .status = "Ended",
                               .platform = "HBO",
                               .rating = 8.3});
    catalogue.shows.push_back({.id = ShowId{9}, .name = "B", .summary_text = "robot \u00c9toile"});
    catalogue.shows.push_back({.id = ShowId{12},
                               .name = "C",
                               .genres = {"Crime"},
                               .summary_text = "war of the robot and the \u00e9toile",
                               .type = "Reality",
                               .language = "Thai",
                               .platform = "Arte"});
    return catalogue;
}

TEST(ForeignRow, of_a_show_of_the_catalogue_is_its_row_to_the_last_bit) {
    const Catalogue catalogue = three_shows();
    FeatureSettings settings;
    settings.text = {.max_features = 6, .min_df = 1, .max_df = 1.0};
    settings.top_n_platforms = 1;
    settings.top_n_languages = 1;
    const Features features = compute_features(catalogue, settings);
    ASSERT_FALSE(features.text.columns_of(1).empty());
    for (std::size_t row = 0; row < catalogue.shows.size(); ++row) {
        EXPECT_EQ(foreign_row(catalogue.shows[row], features), feature_row(features, row)) << "row " << row;
    }
}

TEST(ForeignRow, counts_genres_without_a_column_and_knows_no_type_without_one) {
    const Features features = compute_features(three_shows());
    const FeatureRow row =
        foreign_row({.genres = {"Crime", "Opera", "Opera"}, .type = "Panel Show"}, features);
    EXPECT_EQ(row.genre_squares, 2);
    EXPECT_EQ(row.genres.size(), 1u);
    EXPECT_EQ(row.type, Categories::none);
    EXPECT_TRUE(row.terms.empty());
}

TEST(ForeignRow, of_a_platform_that_is_named_other_is_other) {
    const Features features = compute_features(three_shows());
    const auto other = static_cast<std::int32_t>(features.platform.names.size() - 1);
    EXPECT_EQ(foreign_row({.platform = "other"}, features).platform, other);
    EXPECT_EQ(foreign_row({}, features).platform, other);
}

TEST(ForeignRow, is_empty_where_the_catalogue_is) {
    const FeatureRow row = foreign_row(three_shows().shows[0], compute_features({}));
    EXPECT_TRUE(row.genres.empty());
    EXPECT_TRUE(row.terms.empty());
    EXPECT_EQ(row.genre_squares, 2);
}

TEST(ShowValues, are_the_years_of_premiere) {
    Catalogue catalogue;
    for (const char* premiered : {"2013-06-24", "1998", "", "201", "soon", "2020-13", "20x1"}) {
        catalogue.shows.push_back({.name = "x", .premiered = premiered});
    }
    const double none = ValueColumn::none;
    const ValueColumn year = show_values(catalogue)[Part::year];
    EXPECT_THAT(year.value, ElementsAre(2013, 1998, none, none, none, 2020, none));
    EXPECT_EQ(year.reference, 2020);
    const Features features = compute_features(catalogue);
    EXPECT_EQ(features.values[Part::year], year);
    EXPECT_EQ(foreign_row(catalogue.shows[0], features).values[Part::year], 2013);
}

TEST(ComputeFacets, has_a_column_for_every_name) {
    const Facets facets = compute_facets(three_shows());
    EXPECT_THAT(facets.language.names, ElementsAre("English", "Thai"));
    EXPECT_THAT(facets.language.column, ElementsAre(0, Categories::none, 1));
    EXPECT_THAT(facets.network.names, ElementsAre("Arte", "HBO"));
    EXPECT_THAT(facets.status.column, ElementsAre(0, Categories::none, Categories::none));
    EXPECT_THAT(facets.rating, ElementsAre(8.3, testing::IsNan(), testing::IsNan()));
}

TEST(NameWords, are_folded_runs_of_word_characters) {
    EXPECT_THAT(name_words("Bob's  Burgers"), ElementsAre("bobs", "burgers"));
    EXPECT_THAT(name_words("It\u2019s \u00c9toile-24!"), ElementsAre("its", "etoile", "24"));
    EXPECT_THAT(name_words("\u540d\u63a2\u5075"), ElementsAre("\u540d\u63a2\u5075"));
    EXPECT_THAT(name_words("\xff\xfe x"), ElementsAre("x"));
}

TEST(NameWords, of_a_name_without_word_characters_are_what_stands_between_its_blanks) {
    EXPECT_THAT(name_words("???"), ElementsAre("???"));
    EXPECT_THAT(name_words(" \u2026 "), ElementsAre("..."));
    EXPECT_THAT(name_words("!!!\u3000'?'"), ElementsAre("!!!", "'?'"));
    EXPECT_THAT(name_words("\U0001F47B"), ElementsAre("\U0001F47B"));
    EXPECT_THAT(name_words("who?!"), ElementsAre("who"));
    EXPECT_THAT(name_words(" \t"), testing::IsEmpty());
    EXPECT_EQ(name_words(std::string(500, '?')).front().size(), 200u);
}

TEST(Folded, drops_case_and_accents) {
    EXPECT_EQ(folded("Pok\u00c9mon"), "pokemon");
    EXPECT_EQ(folded("CSI: NY"), "csi: ny");
}

}  // namespace
}  // namespace bingefriend
