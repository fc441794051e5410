#include "app/option_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/error.hpp"

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

TEST(OptionValues, normalise_the_weights_and_refuse_invalid_ones) {
    RankingSettings ranking;
    ranking.weights = {4, 5, 1};
    EXPECT_EQ(normalised(ranking).weights, (Weights{0.4, 0.5, 0.1}));
    for (const Weights& bad :
         {Weights{-1, 1, 1}, Weights{0, 0, 0}, Weights{NAN, 1, 1}, Weights{INFINITY, 1, 1}}) {
        ranking.weights = bad;
        EXPECT_THROW((void)normalised(ranking), Error);
    }
}

}  // namespace
}  // namespace bingefriend
