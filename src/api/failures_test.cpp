// What the API answers while something is wrong.
#include <gmock/gmock.h>

#include <stdexcept>
#include <string>

#include "api/test_api.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Failures : public ApiTest {};

TEST_F(Failures, of_the_database_leave_cached_responses_and_pass) {
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    database_.unavailable = true;
    const Response refused = ask("/shows/1/recommendations?n=1");
    EXPECT_EQ(refused.status, 503u);
    EXPECT_EQ(refused.body,
              R"({"error":"The database cannot be used now","code":"unavailable","request_id":"r-1"})");
    EXPECT_EQ(header(refused, "Retry-After"), "5");
    look_again();
    EXPECT_EQ(ask("/shows/1/recommendations").status, 200u);
    EXPECT_EQ(ask("/recommendations/stats").status, 200u);
    const int reads = database_.reads;
    EXPECT_EQ(ask("/shows/1/recommendations?n=1").status, 503u);
    EXPECT_EQ(database_.reads, reads) << "an unavailable database is not read";
    database_.unavailable = false;
    look_again();
    EXPECT_EQ(ask("/shows/1/recommendations?n=1").status, 200u);
}

TEST_F(Failures, do_not_occur_if_the_generation_is_replaced_or_deleted) {
    database_.publish_again(4);  // and the watcher has not looked yet
    database_.current_data().lists[ShowId{1}].pop_back();
    const Response before = ask("/shows/1/recommendations");
    EXPECT_THAT(header(before, "ETag"), testing::StartsWith("W/\"3-"));
    EXPECT_THAT(before.body, HasSubstr("\"count\":2"));
    database_.stored.erase(3);
    for (const char* target : {"/shows/1/recommendations?n=2", "/shows/64", "/shows/search?q=utopia"}) {
        EXPECT_THAT(header(ask(target), "ETag"), testing::StartsWith("W/\"4-")) << target;
    }
    EXPECT_THAT(ask("/shows/1/recommendations").body, HasSubstr("\"count\":1"));
}

TEST_F(Failures, are_503_if_the_only_generation_is_deleted) {
    database_.stored.clear();
    EXPECT_EQ(ask("/shows/1/recommendations").status, 503u);
}

TEST_F(Failures, are_left_to_another_thread_if_this_one_must_not_wait) {
    database_.publish_again(4);
    database_.stored.erase(3);
    for (const std::string target : {"/shows/1/recommendations", "/shows/64"}) {
        const Request request{.method = "GET", .target = target, .id = "r-1"};
        Exchange exchange(*service_, request);
        Exchange* const waiting = &exchange;
        EXPECT_FALSE(exchange.answer_at_once());
        EXPECT_EQ(answers_from_database(*service_, {&waiting, 1}, Patience::must_not_wait), std::nullopt);
        EXPECT_EQ(service_->editions.current()->number(), 3);
    }
}

TEST_F(Failures, of_the_program_are_500_without_details) {
    database_.before_lists = [] { throw std::runtime_error("secret"); };
    const Response response = ask("/shows/1/recommendations");
    EXPECT_EQ(response.status, 500u);
    EXPECT_EQ(response.body,
              R"({"error":"Internal server error","code":"internal_error","request_id":"r-1"})");
}

TEST_F(Failures, are_reported_by_the_health_checks) {
    EXPECT_EQ(ask("/recommendations/health").body,
              R"({"status":"healthy","service":"tv-recommender-service","version":"1.2.3"})");
    EXPECT_EQ(ask("/readyz").body, R"({"status":"ready"})");
    database_.generation.reset();
    look_again();
    EXPECT_EQ(ask("/recommendations/health").status, 503u);
    EXPECT_EQ(ask("/readyz").body, R"({"status":"not ready","reason":"nothing is published"})");
    database_.generation.emplace();
    database_.unavailable = true;
    look_again();
    const Response response = ask("/recommendations/health");
    EXPECT_EQ(response.status, 503u);
    EXPECT_THAT(response.body, HasSubstr("unhealthy"));
    EXPECT_THAT(response.body, Not(HasSubstr("secret")));
    EXPECT_EQ(ask("/readyz").status, 503u);
    EXPECT_EQ(ask("/livez").status, 200u);
}

}  // namespace
}  // namespace bingefriend
