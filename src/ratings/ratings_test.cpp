#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "ratings/lists_file.hpp"
#include "ratings/ratings_file.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RatingsTest : public testing::Test {
  protected:
    std::filesystem::path write(const std::string& text) {
        const std::filesystem::path file = folder_ / "file";
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    Ratings read(const std::string& text, const RatingsFormat& format = {.like = 7}) {
        return read_ratings(write(text), format, ShowKeys(shows_, std::vector<std::size_t>{0, 1, 2}));
    }
    std::string message_of(const std::string& text) {
        try {
            (void)read(text);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }
    std::string lists_message_of(const std::string& text) {
        try {
            (void)read_lists(write(text));
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

    TestFolder test_folder_;
    std::filesystem::path folder_ = test_folder_.path();
    Catalogue shows_{{{.id = ShowId{3}, .links = {.imdb = "tt0903747"}},
                      {.id = ShowId{8}, .links = {.thetvdb = 81189}},
                      {.id = ShowId{9}}}};
};

TEST_F(RatingsTest, reads_columns_in_any_order_and_three_kinds_of_ids) {
    const Ratings found = read(
        "when,rating,item,user\n1,7,3,ann\n2,10,imdb:tt0903747,\"b,ob\"\n3,6.9,8,ann\n4,7.5,thetvdb:81189,"
        "ann\n"
        "5,9,77,ann\n6,9,imdb:tt1,ann\n");
    EXPECT_THAT(found.likes, ElementsAre(Like{0, 0}, Like{1, 0}, Like{0, 1}));
    EXPECT_EQ(found.report.rows, 6u);
    EXPECT_EQ(found.report.unknown, 2u);
    EXPECT_EQ(found.report.skipped, 0u);
}

TEST_F(RatingsTest, takes_other_names_of_columns) {
    const RatingsFormat format{
        .user_column = "userId", .item_column = "showId", .rating_column = "stars", .like = 4};
    EXPECT_THAT(read("\xef\xbb\xbfuserId,showId,stars\r\n1,9,4\r\n", format).likes, ElementsAre(Like{0, 2}));
}

TEST_F(RatingsTest, skips_and_counts_bad_rows) {
    const Ratings found =
        read("user,item,rating\nann,3,good\nann,3\n,3,9\nann,,9\nann,3,nan\nann,3,9,9\nann,3,9\n" +
             std::string(300, 'x') + ",3,9\n");
    EXPECT_THAT(found.likes, ElementsAre(Like{0, 0}));
    EXPECT_EQ(found.report.rows, 8u);
    EXPECT_EQ(found.report.skipped, 7u);
    EXPECT_EQ(found.report.first_skipped, "row 1: the rating is not a number");
}

TEST_F(RatingsTest, refuses_files_that_are_no_ratings) {
    EXPECT_THAT(message_of(""), HasSubstr("it is empty"));
    EXPECT_THAT(message_of("user,item,rating\n"), HasSubstr("it has a header and no ratings"));
    EXPECT_THAT(
        message_of("user,show,rating\n1,2,3\n"),
        HasSubstr("it has no column item: it has user, show, rating; name the column with --item-column"));
    EXPECT_THAT(message_of("user;item;rating\n1;2;3\n"), HasSubstr("separated by semicolons"));
    EXPECT_THAT(message_of("user,item,rating\n1,3,9\n1,\"3,9\n"), HasSubstr("row 2 has a quote"));
    EXPECT_THAT(message_of("user,item,rating\n1,3,\"" + std::string(1 << 18, '9') + "\"\n"),
                HasSubstr("row 1 is longer than"));
    EXPECT_THAT(message_of("user,item,rating\n1,3,x\n"),
                HasSubstr("it has no row that can be read: row 1: the rating is not a number"));
    EXPECT_THAT(message_of("user,item,rating\n1,77,9\n"), HasSubstr("no row rates a show of the catalogue"));
    EXPECT_THROW(
        (void)read_ratings("/nowhere/ratings.csv", {}, ShowKeys(shows_, std::vector<std::size_t>{0, 1, 2})),
        Error);
}

TEST_F(RatingsTest, reads_lists_in_id_order) {
    const ShowLists lists =
        read_lists(write("{\"id\": 9, \"top\": [[3, 0.5, 1], [8, 0.25, 1]]}\n\n{\"id\": 3, \"top\": []}"));
    EXPECT_THAT(lists.shows, ElementsAre(ShowId{3}, ShowId{9}));
    EXPECT_THAT(lists.of(0), ElementsAre());
    EXPECT_THAT(lists.of(1), ElementsAre(ShowId{3}, ShowId{8}));
    EXPECT_EQ(lists.depth(), 2u);
}

TEST_F(RatingsTest, refuses_files_that_are_no_lists) {
    EXPECT_THAT(lists_message_of(""), HasSubstr("it is empty"));
    const std::string good = "{\"id\": 9, \"top\": [[3, 0.5]]}\n";
    for (const std::string bad : {"x", "{}", "[1]", "{\"id\": 9}", "{\"id\": 9, \"top\": [3]}",
                                  "{\"id\": \"9\", \"top\": []}", "{\"id\": 9, \"top\": [[]]}"}) {
        EXPECT_THAT(lists_message_of(good + bad + "\n"), HasSubstr("line 2: it is not {\"id\"")) << bad;
    }
    EXPECT_THAT(lists_message_of(good + good), HasSubstr("two lists of the show 9"));
    EXPECT_THAT(lists_message_of(good + std::string(max_list_line_bytes + (1 << 17), ' ')),
                HasSubstr("the next line has more than"));
}

}  // namespace
}  // namespace bingefriend
