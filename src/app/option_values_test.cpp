#include "app/option_values.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace bingefriend {
namespace {

TEST(OptionValues, come_from_the_flag_then_the_setting) {
    const Environment environment("no-such-file.json");
    DatabaseOptions options;
    ::setenv("DATABASE_URL", "sqlite:///from-environment.db", 1);
    EXPECT_EQ(database_url(options, environment).reveal(), "sqlite:///from-environment.db");
    options.url = Secret("sqlite:///from-flag.db");
    EXPECT_EQ(database_url(options, environment).reveal(), "sqlite:///from-flag.db");
    ::unsetenv("DATABASE_URL");
}

}  // namespace
}  // namespace bingefriend
