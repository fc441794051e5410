#include "app/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "app/origins.hpp"
#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Settings : public testing::Test {
  protected:
    void TearDown() override {
        for (const char* key : {"DATABASE_URL", "PORT", "FUNCTIONS_CUSTOMHANDLER_PORT", "ALLOWED_ORIGINS",
                                "SHOW_SERVICE_URL"}) {
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

TEST_F(Settings, come_from_the_flag_then_the_environment_then_the_file_then_the_default) {
    const Environment file = with_file(
        R"({"IsEncrypted": false, "Values": {"DATABASE_URL": "sqlite:///from-file.db", "PORT": 81}})");
    Options options;
    EXPECT_EQ(database_url(options, without_file()).reveal(), "sqlite:///data/recommendations.db");
    EXPECT_EQ(database_url(options, file).reveal(), "sqlite:///from-file.db");
    EXPECT_EQ(port(options, file), 81);
    ::setenv("DATABASE_URL", "sqlite:///from-environment.db", 1);
    EXPECT_EQ(database_url(options, file).reveal(), "sqlite:///from-environment.db");
    options.database_url = Secret("sqlite:///from-flag.db");
    EXPECT_EQ(database_url(options, file).reveal(), "sqlite:///from-flag.db");
}

TEST_F(Settings, take_the_port_of_the_functions_host_before_the_other) {
    EXPECT_EQ(port({}, without_file()), 8080);
    ::setenv("PORT", "9000", 1);
    EXPECT_EQ(port({}, without_file()), 9000);
    ::setenv("FUNCTIONS_CUSTOMHANDLER_PORT", "7071", 1);
    EXPECT_EQ(port({}, without_file()), 7071);
    Options options;
    options.port = 1;
    EXPECT_EQ(port(options, without_file()), 1);
    ::setenv("FUNCTIONS_CUSTOMHANDLER_PORT", "70710", 1);
    EXPECT_THROW((void)port({}, without_file()), Error);
}

TEST_F(Settings, read_the_allowed_origins_as_json_or_with_commas) {
    EXPECT_THAT(allowed_origins(without_file()), IsEmpty());
    ::setenv("ALLOWED_ORIGINS", R"(["https://a", "https://b"])", 1);
    EXPECT_THAT(allowed_origins(without_file()), ElementsAre("https://a", "https://b"));
    ::setenv("ALLOWED_ORIGINS", " https://a , https://b,", 1);
    EXPECT_THAT(allowed_origins(without_file()), ElementsAre("https://a", "https://b"));
    ::setenv("ALLOWED_ORIGINS", "[broken", 1);
    EXPECT_THROW((void)allowed_origins(without_file()), Error);
}

TEST_F(Settings, choose_the_source_that_is_named_or_else_the_sample) {
    EXPECT_EQ(source_choice({}, without_file()).kind, SourceKind::sample);
    Options file;
    file.catalogue = "shows.json";
    EXPECT_EQ(source_choice(file, without_file()).kind, SourceKind::file);
    ::setenv("SHOW_SERVICE_URL", "https://shows", 1);
    EXPECT_EQ(source_choice({}, without_file()).kind, SourceKind::show_service);
    EXPECT_EQ(source_choice(file, without_file()).kind, SourceKind::file)
        << "a flag wins over the environment";
    Options sample;
    sample.source = "sample";
    EXPECT_EQ(source_choice(sample, without_file()).kind, SourceKind::sample);
    sample.catalogue = "shows.json";
    EXPECT_THROW((void)source_choice(sample, without_file()), Error);
    Options tvmaze;
    tvmaze.source = "tvmaze";
    EXPECT_EQ(source_choice(tvmaze, without_file()).url.reveal(), "https://api.tvmaze.com");
    Options mirror;
    mirror.tvmaze_url = Secret("http://mirror");
    EXPECT_EQ(source_choice(mirror, without_file()).kind, SourceKind::tvmaze);
    EXPECT_EQ(source_choice(mirror, without_file()).url.reveal(), "http://mirror");
    Options none;
    none.source = "file";
    EXPECT_THROW((void)source_choice(none, without_file()), Error);
}

TEST_F(Settings, refuse_a_url_whose_password_has_no_certain_end_and_show_nothing_of_it) {
    const auto refusal = [&](const Options& options) -> std::string {
        try {
            return "taken: " + shown_location(source_choice(options, without_file()));
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
    };
    for (const char* url : {"https://user:p@hunter2/rd@host", "https://user:hunter2", "hunter2/a@b"}) {
        Options options;
        options.show_service_url = Secret(url);
        EXPECT_THAT(refusal(options), AllOf(HasSubstr("SHOW_SERVICE_URL is not"), Not(HasSubstr("hunter2"))));
        options = {};
        options.tvmaze_url = Secret(url);
        EXPECT_THAT(refusal(options), AllOf(HasSubstr("TVMAZE_URL is not"), Not(HasSubstr("hunter2"))));
    }
    Options options;
    options.catalogue = "https://user:hunter2@host/shows.json";
    EXPECT_THAT(refusal(options), AllOf(HasSubstr("--catalogue takes a file"), Not(HasSubstr("hunter2"))));
    options = {};
    options.show_service_url = Secret("https://user:hunter2@host/api?code=hunter2");
    EXPECT_EQ(refusal(options), "taken: https://host/api");
}

TEST_F(Settings, take_only_origins_that_a_browser_sends) {
    for (const char* good :
         {"*", "http://a", "https://a.example:8443", "capacitor://localhost", "https://xn--bcher-kva.example",
          "http://localhost:3000", "http://[2001:db8::1]:8080"}) {
        ::setenv("ALLOWED_ORIGINS", good, 1);
        EXPECT_THAT(allowed_origins(without_file()), ElementsAre(good));
    }
    for (const char* bad :
         {"https://a/",        "https://a/path",   "a.example",     "//a",         "https://",
          "https://*.a",       "https://a:*",      "https://a?b",   "https://a#b", "https://u@a",
          "https://A.example", "HTTPS://a",        "https://a:443", "http://a:80", "https://a:",
          "https://a:0",       "https://a:99999",  "https://a b",   "null",        "**",
          "https://[::1",      "[\"https://a/\"]", "[5]",           "[null]",      "[[\"https://a\"]]",
          "https://a, b"}) {
        ::setenv("ALLOWED_ORIGINS", bad, 1);
        EXPECT_THROW((void)allowed_origins(without_file()), Error) << bad;
    }
}

TEST_F(Settings, have_no_blanks_around_them_and_no_control_characters) {
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

TEST_F(Settings, normalise_the_weights_and_refuse_those_that_cannot_be) {
    Options options;
    options.weights = {4, 5, 1};
    EXPECT_EQ(ranking_settings(options).weights, (Weights{0.4, 0.5, 0.1}));
    for (const Weights& bad :
         {Weights{-1, 1, 1}, Weights{0, 0, 0}, Weights{NAN, 1, 1}, Weights{INFINITY, 1, 1}}) {
        options.weights = bad;
        EXPECT_THROW((void)ranking_settings(options), Error);
    }
}

}  // namespace
}  // namespace bingefriend
