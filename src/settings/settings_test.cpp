#include "settings/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

class Settings : public testing::Test {
  protected:
    void TearDown() override {
        for (const char* key : {"DATABASE_URL", "SHOW_SERVICE_URL", "RATE_LIMIT"}) {
            ::unsetenv(key);
        }
    }
    Environment with_file(const std::string& json) {
        std::ofstream(folder_ / "local.settings.json") << json;
        return Environment(folder_ / "local.settings.json");
    }
    Environment without_file() { return Environment(folder_ / "none.json"); }

    TestFolder folder_;
};

TEST_F(Settings, come_from_the_environment_then_the_file_then_the_default) {
    const Environment file = with_file(
        R"({"IsEncrypted": false, "Values": {"DATABASE_URL": "sqlite:///from-file.db", "PORT": 81}})");
    EXPECT_EQ(without_file().secret_or_default("DATABASE_URL").reveal(), "sqlite:///data/recommendations.db");
    EXPECT_EQ(file.secret_or_default("DATABASE_URL").reveal(), "sqlite:///from-file.db");
    EXPECT_EQ(file.value_or_default("PORT"), "81");
    ::setenv("DATABASE_URL", "sqlite:///from-environment.db", 1);
    EXPECT_EQ(file.secret_or_default("DATABASE_URL").reveal(), "sqlite:///from-environment.db");
}

TEST_F(Settings, are_numbers_in_their_range) {
    ::setenv("RATE_LIMIT", "0.5", 1);
    EXPECT_EQ(without_file().number("RATE_LIMIT", 0, 1), 0.5);
    for (const char* bad : {"many", "-1", "2", "nan", "0.5x"}) {
        ::setenv("RATE_LIMIT", bad, 1);
        EXPECT_THROW((void)without_file().number("RATE_LIMIT", 0, 1), Error) << bad;
    }
    ::setenv("RATE_LIMIT", "0.5", 1);
    EXPECT_THROW((void)without_file().whole_number("RATE_LIMIT", 0, 1), Error);
}

TEST_F(Settings, are_split_at_commas) {
    EXPECT_THAT(split_at_commas(" a , b c,, "), testing::ElementsAre("a", "b c"));
    EXPECT_THAT(split_at_commas(""), testing::IsEmpty());
}

TEST_F(Settings, refuse_outer_spaces_and_control_characters) {
    for (const char* bad : {" k", "k ", "k\n", "a\tb", "\x7f", " "}) {
        ::setenv("SHOW_SERVICE_URL", bad, 1);
        try {
            (void)without_file().secret("SHOW_SERVICE_URL");
            ADD_FAILURE() << bad;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            EXPECT_THAT(error.what(), testing::StartsWith("SHOW_SERVICE_URL "));
        }
    }
}

}  // namespace
}  // namespace bingefriend
