#include "app/serve_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

class ServeSettings : public testing::Test {
  protected:
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
    EXPECT_EQ(with("").limits.connections, 4'096u);
    EXPECT_TRUE(with("").api_key.empty());
}

TEST_F(ServeSettings, are_what_the_environment_says) {
    const ServeOptions options = with(
        R"("API_KEY": "k", "ACCESS_LOG": "json", "RATE_LIMIT": "0.5", "TRUSTED_PROXIES": "10.0.0.0/8, ::1",)"
        R"("IDLE_TIMEOUT": "1.5", "ANSWER_CACHE_MB": 0, "CACHE_MAX_AGE": "0")");
    EXPECT_EQ(options.api_key.reveal(), "k");
    EXPECT_EQ(options.access_log, AccessLog::json);
    EXPECT_EQ(options.limits.requests_a_second, 0.5);
    EXPECT_THAT(options.trusted_proxies, testing::ElementsAre("10.0.0.0/8", "::1"));
    EXPECT_EQ(options.limits.idle_timeout, std::chrono::milliseconds(1'500));
    EXPECT_EQ(options.answer_cache_bytes, 0u);
    EXPECT_EQ(options.max_age, std::chrono::seconds(0));
}

TEST_F(ServeSettings, that_cannot_be_read_are_an_error_of_the_configuration) {
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

}  // namespace
}  // namespace bingefriend
