#include "features/categories.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TopCategories, are_the_most_frequent_names_then_other_which_also_stands_for_none) {
    const Categories platforms = top_categories({"NBC", "", "HBO", "NBC", "ABC", "HBO", "CBS"}, 3);
    EXPECT_THAT(platforms.names, ElementsAre("HBO", "NBC", "ABC", "other")) << "ties by name";
    EXPECT_THAT(platforms.column, ElementsAre(1, 3, 0, 1, 2, 0, 3));
}

TEST(TopCategories, keep_a_real_platform_of_the_name_other_apart) {
    const Categories platforms = top_categories({"other", "other", ""}, 1);
    EXPECT_THAT(platforms.names, ElementsAre("other", "other"));
    EXPECT_THAT(platforms.column, ElementsAre(0, 0, 1));
}

TEST(TopCategories, of_fewer_names_than_asked_for_are_all_of_them) {
    EXPECT_THAT(top_categories({"Thai"}, 5).names, ElementsAre("Thai", "other"));
    EXPECT_THAT(top_categories({}, 5).column, IsEmpty());
}

TEST(AllCategories, leave_a_show_without_one_in_no_column) {
    const Categories types = all_categories({"Scripted", "", "News"});
    EXPECT_THAT(types.names, ElementsAre("News", "Scripted"));
    EXPECT_THAT(types.column, ElementsAre(1, Categories::none, 0));
}

TEST(GenreSets, hold_each_genre_of_a_show_once_in_column_order) {
    Catalogue catalogue;
    catalogue.shows.resize(3);
    catalogue.shows[0].genres = {"Drama", "Crime", "Drama"};
    catalogue.shows[2].genres = {"Action"};
    const GenreSets sets = genre_sets(catalogue);
    EXPECT_THAT(sets.names, ElementsAre("Action", "Crime", "Drama"));
    EXPECT_THAT(sets.of(0), ElementsAre(1, 2));
    EXPECT_THAT(sets.of(1), IsEmpty());
    EXPECT_THAT(sets.of(2), ElementsAre(0));
}

}  // namespace
}  // namespace bingefriend
