#include "api/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "api/canonical.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::Pair;

Match matched(std::string_view target) {
    static Target kept;
    kept = parse_target(target).value();
    return match(kept);
}

TEST(Routes, are_found_by_their_path_with_and_without_the_prefix) {
    for (const char* target : {"/shows/7/recommendations", "/api/shows/7/recommendations/?n=1"}) {
        const Match found = matched(target);
        ASSERT_NE(found.of("GET"), nullptr) << target;
        EXPECT_EQ(found.of("GET")->operation, "getRecommendations");
        EXPECT_THAT(found.parameters, ElementsAre(Pair("show_id", "7")));
    }
    EXPECT_EQ(matched("/shows/7/recommendations/more").of("GET"), nullptr);
    EXPECT_EQ(matched("/shows/7").of("DELETE"), nullptr);
    for (const char* target : {"/", "/?show=7", "/api", "/api/"}) {
        ASSERT_NE(matched(target).of("GET"), nullptr) << target;
        EXPECT_EQ(matched(target).of("GET")->operation, "getPage");
    }
}

TEST(Routes, tell_which_methods_a_path_takes) {
    const Match found = matched("/recommendations/stats");
    EXPECT_EQ(found.allowed(), "GET, HEAD, OPTIONS");
    EXPECT_EQ(found.of("HEAD"), found.of("GET"));
    EXPECT_EQ(found.of("POST"), nullptr);
}

TEST(Routes, have_operations_of_their_own) {
    std::set<std::string_view> operations;
    std::set<std::pair<std::string_view, std::string_view>> places;
    for (const Route& route : routes()) {
        EXPECT_TRUE(operations.insert(route.operation).second) << route.operation;
        EXPECT_TRUE(places.emplace(route.method, route.path).second) << route.path;
    }
}

TEST(Targets, keep_repeated_parameters_in_order_and_the_last_counts) {
    const Target target = parse_target("/x?genre=Drama&n=1&genre=Science%20Fiction&n=2&flag").value();
    EXPECT_THAT(target.values("genre"), ElementsAre("Drama", "Science Fiction"));
    EXPECT_EQ(*target.value("n"), "2");
    EXPECT_EQ(*target.value("flag"), "");
    EXPECT_EQ(target.value("other"), nullptr);
}

std::string text_of(std::string_view target) {
    const Match found = matched(target);
    return canonical_text(*parse_target(target), *found.of("GET"));
}

TEST(Targets, that_ask_the_same_have_one_text) {
    const std::string shows = "/shows/7/recommendations";
    for (const char* same :
         {"", "?", "?n=10", "?n=010", "?n=3&n=10", "?min_similarity=0.0", "?min_similarity=-0",
          "?min_similarity=0e5", "?genre=", "?genre&type=", "?exclude=", "?unknown=5", "?genre=&n=10"}) {
        EXPECT_EQ(text_of(shows + same), text_of(shows)) << same;
    }
    EXPECT_EQ(text_of("/api//shows/%37/recommendations/"), text_of(shows));
    EXPECT_EQ(text_of("/shows/007/recommendations"), text_of(shows));
    for (const char* same :
         {"?n=05", "?n=5&n=5", "?n=9&n=5", "?%6e=5", "?n=5&genre=", "?min_similarity=0.000&n=5"}) {
        EXPECT_EQ(text_of(shows + same), text_of(shows + "?n=5")) << same;
    }
    EXPECT_EQ(text_of(shows + "?min_rating=7.50&exclude=05&exclude=6,"),
              text_of(shows + "?exclude=5,6&min_rating=7.5"));
    EXPECT_EQ(text_of("/get_shows_bulk?offset=00&limit=007"), text_of("/get_shows_bulk?limit=7"));
}

TEST(Targets, that_ask_something_else_have_another_text) {
    const std::string shows = "/shows/7/recommendations";
    std::set<std::string> texts;
    std::size_t n = 0;
    for (const std::string& target : {shows,
                                      std::string("/shows/8/recommendations"),
                                      shows + "?n=5",
                                      shows + "?n=",
                                      shows + "?n=x",
                                      shows + "?min_similarity=0.1",
                                      shows + "?min_rating=0",
                                      shows + "?genre=a",
                                      shows + "?genre=A",
                                      shows + "?genre=a&genre=a",
                                      shows + "?genre=a%26genre=a",
                                      shows + "?type=a",
                                      shows + "?exclude=1",
                                      shows + "?exclude=1,2",
                                      shows + "?exclude=1,,2",
                                      shows + "?weights=",
                                      std::string("/get_shows_bulk"),
                                      std::string("/get_shows_bulk?show_ids="),
                                      std::string("/shows/search?q=a"),
                                      std::string("/shows/search?q=a%00"),
                                      std::string("/shows/search?q=a&limit=1"),
                                      std::string("/assets/a"),
                                      std::string("/assets/a%2Fb")}) {
        texts.insert(text_of(target));
        EXPECT_EQ(texts.size(), ++n) << target;
    }
}

}  // namespace
}  // namespace bingefriend
