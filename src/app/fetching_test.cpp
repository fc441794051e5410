#include "app/fetching.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class Fetching : public testing::Test {
  protected:
    void TearDown() override {
        for (const char* key : {"FETCH_FIRST_PAUSE_MS", "FETCH_IN_FLIGHT", "SEASON_SERVICE_URL"}) {
            ::unsetenv(key);
        }
    }
    std::string refusal() {
        try {
            (void)fetch_options({}, environment_);
            return "none";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
    }
    TestFolder folder_;
    Environment environment_{folder_ / "none.json"};
};

TEST_F(Fetching, is_told_what_the_flags_and_settings_say) {
    Options options;
    options.data_dir = "data";
    options.fresh = true;
    ::setenv("FETCH_FIRST_PAUSE_MS", "7", 1);
    const FetchOptions fetch = fetch_options(options, environment_);
    EXPECT_EQ(fetch.keep_in, "data/fetch");
    EXPECT_TRUE(fetch.fresh);
    EXPECT_EQ(fetch.http.retry.first_pause, milliseconds(7));
    EXPECT_EQ(fetch.http.stall_timeout, milliseconds(30'000)) << "the default";
    EXPECT_EQ(fetch.tvmaze_calls, 20u);
}

TEST_F(Fetching, refuses_settings_that_are_no_numbers_or_out_of_range) {
    ::setenv("FETCH_IN_FLIGHT", "many", 1);
    EXPECT_THAT(refusal(), HasSubstr("FETCH_IN_FLIGHT cannot be used: give a whole number from 1 to 64"));
    ::setenv("FETCH_IN_FLIGHT", "0", 1);
    EXPECT_THAT(refusal(), HasSubstr("FETCH_IN_FLIGHT"));
}

TEST_F(Fetching, takes_the_seasons_from_where_they_are_said_to_be_or_from_tvmaze) {
    Options options;
    const SourceChoice tvmaze{SourceKind::tvmaze, "", Secret("https://mirror")};
    const SourceChoice service{SourceKind::show_service, "", Secret("https://shows")};
    EXPECT_EQ(season_source(tvmaze, options, environment_), std::nullopt) << "not wanted";
    options.with_seasons = true;
    EXPECT_EQ(season_source(tvmaze, options, environment_), Secret("https://mirror"));
    EXPECT_THROW((void)season_source(service, options, environment_), Error);
    ::setenv("SEASON_SERVICE_URL", "https://seasons", 1);
    EXPECT_EQ(season_source(service, options, environment_), Secret("https://seasons"));
    options.season_service_url = Secret("https://flag");
    EXPECT_EQ(season_source(tvmaze, options, environment_), Secret("https://flag"));
}

}  // namespace
}  // namespace bingefriend
