#include "app/option.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(Option, shows_the_values_that_it_accepts) {
    bool flag = false;
    std::string text;
    std::size_t count = 0;
    double share = 0;
    std::optional<Secret> secret;
    EXPECT_EQ(value_text({"--flag", &flag, ""}), "");
    EXPECT_EQ(value_text({"--text", &text, ""}), "TEXT");
    EXPECT_EQ(value_text({"--text", &text, "", "FILE"}), "FILE");
    EXPECT_EQ(value_text({"--text", &text, "", Choices{"a", "b"}}), "{a,b}");
    EXPECT_EQ(value_text({"--count", &count, "", Range{1, 10'000'000}}), "INT in [1 - 10000000]");
    EXPECT_EQ(value_text({"--share", &share, "", Range{0, 0.5}}), "FLOAT in [0 - 0.5]");
    EXPECT_EQ(value_text({"--secret", &secret, ""}), "TEXT");
}

TEST(Option, shows_its_default) {
    double share = 0.4;
    std::vector<std::string> steps{"fetch", "features"};
    std::filesystem::path folder = "data/processed";
    std::optional<double> unset;
    std::optional<Secret> secret = Secret("hunter2");
    EXPECT_EQ(default_text({"--share", &share, ""}), "0.4");
    EXPECT_EQ(default_text({"--steps", &steps, ""}), "fetch,features");
    EXPECT_EQ(default_text({"--folder", &folder, ""}), "data/processed");
    EXPECT_EQ(default_text({"--unset", &unset, ""}), "");
    EXPECT_EQ(default_text({"--secret", &secret, ""}), "");
}

TEST(Option, splits_its_names) {
    bool flag = false;
    EXPECT_THAT(names_of({"-n,--n", &flag, ""}), testing::ElementsAre("-n", "--n"));
    EXPECT_THAT(names_of({"show", &flag, ""}), testing::ElementsAre("show"));
}

}  // namespace
}  // namespace bingefriend
