// What only operators may read: stats, metrics, and the key that they need.
#include <gmock/gmock.h>

#include <set>
#include <string>

#include "api/test_api.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Operators : public ApiTest {};

TEST_F(Operators, read_the_stats_of_the_published_generation) {
    EXPECT_EQ(
        ask("/recommendations/stats").body,
        R"({"similarity_stats":{"total_records":7,"unique_shows":3,"avg_similarities_per_show":2.33,)"
        R"("last_computed":"2026-11-22T09:00:00Z"},"cached_shows":4,"recipe":"classic","weights":{"genre":0.4,"text":0.5,"metadata":0.1},)"
        R"("feature_settings":null,"diversity":0.0,"max_per_franchise":0,"generation":3})");
    database_.generation.reset();
    look_again();
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("total_records":0)"));
    EXPECT_THAT(ask("/api/recommendations/stats").body, HasSubstr(R"("last_computed":null)"));
}

TEST_F(Operators, read_the_metrics) {
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    const std::string text = ask("/metrics").body;
    for (const char* line :
         {"bingefriend_generation 3\n", "bingefriend_database_up 1\n",
          "bingefriend_build_info{version=\"1.2.3\"} 1\n", "bingefriend_database_readers{state=\"idle\"} 1\n",
          "bingefriend_answer_cache_hits_total 1\n", "bingefriend_answer_cache_misses_total 1\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST_F(Operators, need_the_key_if_one_is_set) {
    serve_with({.api_key = Secret("right")});
    for (const char* target : {"/recommendations/stats", "/api/metrics"}) {
        for (const char* key : {"", "wrong", "righ", "rightt", "rightright"}) {
            const Response refused = ask({.method = "GET", .target = target, .key = key});
            EXPECT_EQ(refused.status, 401u) << key;
            EXPECT_EQ(header(refused, "WWW-Authenticate"), "Bearer");
        }
        EXPECT_EQ(ask({.method = "GET", .target = target, .key = "right"}).status, 200u);
    }
    EXPECT_EQ(ask("/recommendations/health").status, 200u);
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
}

TEST_F(Operators, need_a_key_unless_the_server_listens_on_loopback) {
    const auto status = [&](const char* host, bool admin_open) {
        serve_with({.http = {.host = host}, .admin_open = admin_open});
        std::set<unsigned> statuses;
        for (const Route& route : routes()) {
            if (route.needs_key) {
                statuses.insert(ask(route.path).status == 401 ? 401 : 200);
                statuses.insert(
                    ask({.method = "HEAD", .target = route.path, .key = "any"}).status == 401 ? 401 : 200);
            }
        }
        EXPECT_EQ(statuses.size(), 1u);
        EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
        EXPECT_EQ(ask("/readyz").status, 200u);
        return *statuses.begin();
    };
    for (const char* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"}) {
        EXPECT_EQ(status(host, false), 200u) << host;
    }
    for (const char* host : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "2001:db8::1"}) {
        EXPECT_EQ(status(host, false), 401u) << host;
        EXPECT_EQ(status(host, true), 200u) << host;
    }
}

TEST_F(Operators, get_responses_that_no_cache_stores) {
    for (const char* api_key : {"right", ""}) {
        serve_with({.api_key = Secret(api_key)});
        for (const Route& route : routes()) {
            if (!route.needs_key) {
                continue;
            }
            for (const char* given : {api_key, "wrong"}) {
                const Response response =
                    ask({.method = "GET", .target = route.path, .if_none_match = "*", .key = given});
                EXPECT_NE(response.status, 304u) << route.path;
                EXPECT_EQ(header(response, "Cache-Control"), "private, no-store") << route.path;
                EXPECT_EQ(header(response, "ETag"), "") << route.path;
            }
        }
        EXPECT_EQ(service_->editions.current()->answers().count().entries, 0u);
    }
}

}  // namespace
}  // namespace bingefriend
