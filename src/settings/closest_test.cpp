#include "settings/closest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bingefriend {
namespace {

const std::vector<std::string> some_names{"pipeline", "populate", "runs",   "serve",
                                          "stats",    "--port",   "--host", "--top-n"};

TEST(Closest, ignores_typing_errors_and_case) {
    EXPECT_EQ(closest("pipelin", some_names), "pipeline");
    EXPECT_EQ(closest("PIPELINE", some_names), "pipeline");
    EXPECT_EQ(closest("sreve", some_names), "serve");
    EXPECT_EQ(closest("--prot", some_names), "--port");
    EXPECT_EQ(closest("--topn", some_names), "--top-n");
    EXPECT_EQ(closest("database_uri", {"DATABASE_URL", "PORT"}), "DATABASE_URL");
}

TEST(Closest, accepts_the_beginning_of_a_name) {
    EXPECT_EQ(closest("pop", some_names), "populate");
    EXPECT_EQ(closest("--ho", some_names), "--host");
}

TEST(Closest, finds_nothing_for_another_word) {
    for (const std::string typed : {"", "-", "--", "p", "--x", "nonsense", "\xFF\xFF", "\xF0\x9F\x98\x80"}) {
        EXPECT_EQ(closest(typed, some_names), "") << typed;
    }
    EXPECT_EQ(closest(std::string(10'000, 'p'), some_names), "");
}

}  // namespace
}  // namespace bingefriend
