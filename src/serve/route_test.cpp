#include "serve/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

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

TEST(Targets, have_one_text_each) {
    const auto text = [](std::string_view target) { return parse_target(target).value().canonical(); };
    EXPECT_EQ(text("/a//b?n=%31"), text("/api/%61/b/?n=1"));
    const std::set<std::string> texts{
        text("/a"),     text("/a/b"),   text("/a%2Fb"),     text("/a?b"),         text("/a?b=c"),
        text("/a?b&c"), text("/a?c=b"), text("/a?b=c&b=c"), text("/a?b=c%26b=c"), text("/%61%2f1:b")};
    EXPECT_EQ(texts.size(), 10u);
}

}  // namespace
}  // namespace bingefriend
