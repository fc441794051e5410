#include "fetch/page_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string padded(std::string text) {
    pad_json(text);
    return text;
}

TEST(ShowServicePage, is_the_array_of_shows_wherever_it_stands_in_the_object) {
    for (const char* text : {R"({"shows":[{"id":1},{"id":2}],"total":2,"offset":20,"limit":2})",
                             R"( {"offset":20, "more":{"shows":[]}, "shows":[{"id":1},{"id":2}]} )",
                             R"({"shows":[{"id":1},{"id":2}]})"}) {
        const std::string body = padded(text);
        const auto page = show_service_page(body, 20);
        ASSERT_TRUE(page) << text;
        EXPECT_EQ(page->size, 2u);
        EXPECT_EQ(page->text, R"([{"id":1},{"id":2}])");
    }
}

TEST(ShowServicePage, that_is_cut_short_anywhere_is_none) {
    const std::string whole = R"({"offset":20,"shows":[{"id":1,"name":"a"},{"id":2}],"total":2})";
    ASSERT_TRUE(show_service_page(padded(whole), 20));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(show_service_page(padded(whole.substr(0, length)), 20)) << whole.substr(0, length);
    }
}

TEST(ShowServicePage, of_another_offset_or_shape_is_none) {
    for (const char* text :
         {R"({"shows":[],"offset":30})", R"({"shows":{}})", R"({"total":0})", "[]", "<html>", "",
          R"({"shows":[]}{"shows":[]})", "{\"shows\":[{\"id\":1,\"name\":\"\xff\"}]}"}) {
        EXPECT_FALSE(show_service_page(padded(text), 20)) << text;
    }
}

TEST(TvmazePage, is_an_array_and_nothing_else) {
    const std::string body = padded(R"([{"id":1},{"id":2}])");
    EXPECT_EQ(tvmaze_page(body)->size, 2u);
    EXPECT_EQ(tvmaze_page(padded("[]"))->size, 0u);
    for (const char* text : {"[{\"id\":1}", "[{\"id\":1},", "{}", "<html>", "", "[] []"}) {
        EXPECT_FALSE(tvmaze_page(padded(text))) << text;
    }
}

TEST(TvmazeUpdates, are_ids_and_times_in_order_of_ids) {
    EXPECT_THAT(*tvmaze_updates(padded(R"({"10":300,"9":200,"1":100})")),
                ElementsAre(Pair(1, 100), Pair(9, 200), Pair(10, 300)));
    EXPECT_TRUE(tvmaze_updates(padded("{}"))->empty());
    for (const char* text : {R"({"x":1})", R"({"1":"a"})", R"({"0":1})", "[]", "<html>", R"({"1":100)"}) {
        EXPECT_FALSE(tvmaze_updates(padded(text))) << text;
    }
}

TEST(TvmazeUpdates, of_a_page_leave_out_what_tells_none) {
    EXPECT_THAT(updates_in(padded(R"([{"id":2,"updated":5},{"id":1,"updated":7},{"id":3},7,{"updated":1}])")),
                ElementsAre(Pair(1, 7), Pair(2, 5)));
    EXPECT_THAT(updates_in(padded(R"([{"id":2,"updated":5},{"x":1,"updated":7],{"id":3,"updated":0])")),
                ElementsAre(Pair(2, 5)))
        << "up to where it is broken";
}

TEST(SeasonSummaries, come_in_the_order_of_the_seasons) {
    EXPECT_EQ(season_summaries(padded(R"([{"number":2,"summary":"<p>two</p>"},{"number":1,"summary":"one"},
                                          {"number":3,"summary":null},{"number":4,"summary":""},{}])")),
              "one\n<p>two</p>\n");
    EXPECT_EQ(season_summaries(padded("[]")), "");
    for (const char* text : {"{}", "[{\"number\":1", "<html>", "", "[7]",
                             "[{\"num`er\":1,\"summary\":\"a\"],{\"number\":3,\"summary\":0]"}) {
        EXPECT_FALSE(season_summaries(padded(text))) << text;
    }
}

}  // namespace
}  // namespace bingefriend
