#include "app/fetching.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Fetching : public testing::Test {
  protected:
    void TearDown() override {
        for (const char* key :
             {"FETCH_FIRST_PAUSE_MS", "FETCH_IN_FLIGHT", "SEASON_SERVICE_URL", "SHOW_SERVICE_URL"}) {
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

TEST_F(Fetching, takes_options_from_flags_and_settings) {
    SourceOptions options;
    options.fresh = true;
    ::setenv("FETCH_FIRST_PAUSE_MS", "7", 1);
    const FetchOptions fetch = fetch_options(options, environment_);
    EXPECT_TRUE(fetch.fresh);
    EXPECT_EQ(fetch.http.retry.first_pause, milliseconds(7));
    EXPECT_EQ(fetch.http.stall_timeout, milliseconds(30'000)) << "the default";
    EXPECT_EQ(fetch.tvmaze_calls, 20u);
}

TEST_F(Fetching, refuses_settings_that_are_not_numbers_or_out_of_range) {
    ::setenv("FETCH_IN_FLIGHT", "many", 1);
    EXPECT_THAT(refusal(),
                HasSubstr("FETCH_IN_FLIGHT cannot be used: many: give a whole number from 1 to 64"));
    ::setenv("FETCH_IN_FLIGHT", "0", 1);
    EXPECT_THAT(refusal(), HasSubstr("FETCH_IN_FLIGHT"));
}

TEST_F(Fetching, takes_the_seasons_from_the_configured_service_or_tvmaze) {
    SourceOptions options;
    const SourceChoice tvmaze{SourceKind::tvmaze, "", Secret("https://mirror")};
    const SourceChoice service{SourceKind::show_service, "", Secret("https://shows")};
    EXPECT_EQ(season_source(tvmaze, options, environment_), std::nullopt) << "without --with-seasons";
    options.with_seasons = true;
    EXPECT_EQ(season_source(tvmaze, options, environment_), Secret("https://mirror"));
    EXPECT_THROW((void)season_source(service, options, environment_), Error);
    ::setenv("SEASON_SERVICE_URL", "https://seasons", 1);
    EXPECT_EQ(season_source(service, options, environment_), Secret("https://seasons"));
    options.season_service_url = Secret("https://flag");
    EXPECT_EQ(season_source(tvmaze, options, environment_), Secret("https://flag"));
}

TEST_F(Fetching, takes_the_named_source_or_else_the_sample) {
    EXPECT_EQ(source_choice({}, environment_).kind, SourceKind::sample);
    SourceOptions file;
    file.catalogue = "shows.json";
    EXPECT_EQ(source_choice(file, environment_).kind, SourceKind::file);
    ::setenv("SHOW_SERVICE_URL", "https://shows", 1);
    EXPECT_EQ(source_choice({}, environment_).kind, SourceKind::show_service);
    EXPECT_EQ(source_choice(file, environment_).kind, SourceKind::file) << "a flag wins over the environment";
    SourceOptions sample;
    sample.kind = "sample";
    EXPECT_EQ(source_choice(sample, environment_).kind, SourceKind::sample);
    sample.catalogue = "shows.json";
    EXPECT_THROW((void)source_choice(sample, environment_), Error);
    SourceOptions tvmaze;
    tvmaze.kind = "tvmaze";
    EXPECT_EQ(source_choice(tvmaze, environment_).url.reveal(), "https://api.tvmaze.com");
    SourceOptions mirror;
    mirror.tvmaze_url = Secret("http://mirror");
    EXPECT_EQ(source_choice(mirror, environment_).kind, SourceKind::tvmaze);
    EXPECT_EQ(source_choice(mirror, environment_).url.reveal(), "http://mirror");
    SourceOptions none;
    none.kind = "file";
    EXPECT_THROW((void)source_choice(none, environment_), Error);
}

TEST_F(Fetching, refuses_a_url_with_an_ambiguous_password_without_showing_it) {
    const auto outcome = [&](const SourceOptions& options) -> std::string {
        try {
            return "accepted: " + shown_location(source_choice(options, environment_));
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
    };
    for (const char* url : {"https://user:p@hunter2/rd@host", "https://user:hunter2", "hunter2/a@b"}) {
        SourceOptions options;
        options.show_service_url = Secret(url);
        EXPECT_THAT(outcome(options), AllOf(HasSubstr("SHOW_SERVICE_URL is not"), Not(HasSubstr("hunter2"))));
        options = {};
        options.tvmaze_url = Secret(url);
        EXPECT_THAT(outcome(options), AllOf(HasSubstr("TVMAZE_URL is not"), Not(HasSubstr("hunter2"))));
    }
    SourceOptions options;
    options.catalogue = "https://user:hunter2@host/shows.json";
    EXPECT_THAT(outcome(options), AllOf(HasSubstr("--catalogue takes a file"), Not(HasSubstr("hunter2"))));
    options = {};
    options.show_service_url = Secret("https://user:hunter2@host/api?code=hunter2");
    EXPECT_EQ(outcome(options), "accepted: https://host/api");
}

}  // namespace
}  // namespace bingefriend
