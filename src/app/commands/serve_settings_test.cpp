#include "app/commands/serve_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

class ServeSettings : public testing::Test {
  protected:
    void TearDown() override {
        for (const char* key : {"PORT", "FUNCTIONS_CUSTOMHANDLER_PORT", "ALLOWED_ORIGINS"}) {
            ::unsetenv(key);
        }
    }
    Environment environment() { return Environment(folder_ / "none.json"); }
    ServeOptions with(const std::string& values, bool local_database = true) {
        std::ofstream(folder_ / "settings.json") << "{\"Values\": {" << values << "}}";
        return serve_options({}, Environment(folder_ / "settings.json"), local_database);
    }

    TestFolder folder_;
};

TEST_F(ServeSettings, have_defaults_that_depend_on_the_database) {
    EXPECT_EQ(with("").database_threads, 0u);
    EXPECT_EQ(with("", false).database_threads, 4u);
    EXPECT_EQ(with(R"("DATABASE_THREADS": "0")", false).database_threads, 0u);
    EXPECT_EQ(with("").http.limits.connections, 4'096u);
    EXPECT_TRUE(with("").api_key.empty());
}

TEST_F(ServeSettings, come_from_the_environment) {
    const ServeOptions options = with(
        R"("API_KEY": "k", "ACCESS_LOG": "json", "RATE_LIMIT": "0.5", "TRUSTED_PROXIES": "10.0.0.0/8, ::1",)"
        R"("IDLE_TIMEOUT": "1.5", "ANSWER_CACHE_MB": 0, "CACHE_MAX_AGE": "0")");
    EXPECT_EQ(options.api_key.reveal(), "k");
    EXPECT_EQ(options.http.access_log, AccessLog::json);
    EXPECT_EQ(options.http.limits.requests_per_second, 0.5);
    EXPECT_THAT(options.http.trusted_proxies, testing::ElementsAre("10.0.0.0/8", "::1"));
    EXPECT_EQ(options.http.limits.idle_timeout, std::chrono::milliseconds(1'500));
    EXPECT_EQ(options.answer_cache_bytes, 0u);
    EXPECT_EQ(options.max_age, std::chrono::seconds(0));
}

TEST_F(ServeSettings, that_are_invalid_are_refused) {
    for (const char* bad :
         {R"("ACCESS_LOG": "yes")", R"("RATE_LIMIT": "many")", R"("RATE_LIMIT": "-1")",
          R"("MAX_CONNECTIONS": "0")", R"("IDLE_TIMEOUT": "1s")", R"("RATE_LIMIT": "nan")",
          R"("MAX_CONNECTIONS": "1.5")", R"("ANSWER_CACHE_MB": "0.5")", R"("REQUEST_TIMEOUT": "0")",
          R"("IDLE_TIMEOUT": "0.0001")", R"("CACHE_MAX_AGE": "-1")", R"("TRUSTED_PROXIES": "10.0.0.0/33")",
          R"("TRUSTED_PROXIES": "proxy")", R"("TRUSTED_PROXIES": "10.0.0.1:80")", R"("ADMIN_OPEN": "maybe")",
          R"("API_KEY": " k")", R"("API_KEY": "k\n")"}) {
        EXPECT_THROW((void)with(bad), Error) << bad;
    }
}

TEST_F(ServeSettings, prefer_the_port_of_the_functions_host) {
    EXPECT_EQ(port({}, environment()), 8080);
    ::setenv("PORT", "9000", 1);
    EXPECT_EQ(port({}, environment()), 9000);
    ::setenv("FUNCTIONS_CUSTOMHANDLER_PORT", "7071", 1);
    EXPECT_EQ(port({}, environment()), 7071);
    ListenOptions options;
    options.port = 1;
    EXPECT_EQ(port(options, environment()), 1);
    ::setenv("FUNCTIONS_CUSTOMHANDLER_PORT", "70710", 1);
    EXPECT_THROW((void)port({}, environment()), Error);
}

TEST_F(ServeSettings, read_the_allowed_origins_as_json_or_comma_separated) {
    EXPECT_THAT(allowed_origins(environment()), testing::IsEmpty());
    ::setenv("ALLOWED_ORIGINS", R"(["https://a", "https://b"])", 1);
    EXPECT_THAT(allowed_origins(environment()), testing::ElementsAre("https://a", "https://b"));
    ::setenv("ALLOWED_ORIGINS", " https://a , https://b,", 1);
    EXPECT_THAT(allowed_origins(environment()), testing::ElementsAre("https://a", "https://b"));
    ::setenv("ALLOWED_ORIGINS", "[broken", 1);
    EXPECT_THROW((void)allowed_origins(environment()), Error);
}

TEST_F(ServeSettings, accept_only_origins_that_a_browser_sends) {
    for (const char* good :
         {"*", "http://a", "https://a.example:8443", "capacitor://localhost", "https://xn--bcher-kva.example",
          "http://localhost:3000", "http://[2001:db8::1]:8080"}) {
        ::setenv("ALLOWED_ORIGINS", good, 1);
        EXPECT_THAT(allowed_origins(environment()), testing::ElementsAre(good));
    }
    for (const char* bad :
         {"https://a/",        "https://a/path",   "a.example",     "//a",         "https://",
          "https://*.a",       "https://a:*",      "https://a?b",   "https://a#b", "https://u@a",
          "https://A.example", "HTTPS://a",        "https://a:443", "http://a:80", "https://a:",
          "https://a:0",       "https://a:99999",  "https://a b",   "null",        "**",
          "https://[::1",      "[\"https://a/\"]", "[5]",           "[null]",      "[[\"https://a\"]]",
          "https://a, b"}) {
        ::setenv("ALLOWED_ORIGINS", bad, 1);
        EXPECT_THROW((void)allowed_origins(environment()), Error) << bad;
    }
}

}  // namespace
}  // namespace bingefriend
