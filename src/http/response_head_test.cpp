#include "http/response_head.hpp"

#include <gmock/gmock.h>

namespace bingefriend {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The headers of a response to a client at `origin`.
std::string headers_for(std::string_view origin, const std::vector<std::string>& allowed_origins,
                        std::string_view method = "GET") {
    Response response;
    finish(response, {.method = method, .origin = origin}, allowed_origins);
    return response.headers;
}

TEST(CrossOrigin, headers_name_only_allowed_origins) {
    const std::vector<std::string> allowed{"https://good.example", "https://other.example"};
    EXPECT_THAT(headers_for("https://good.example", allowed),
                AllOf(HasSubstr("Vary: Origin\r\n"),
                      HasSubstr("Access-Control-Allow-Origin: https://good.example\r\n"),
                      HasSubstr("Access-Control-Expose-Headers: ETag, Retry-After, X-Request-Id\r\n")));
    EXPECT_THAT(headers_for("https://bad.example", allowed),
                AllOf(HasSubstr("Vary: Origin\r\n"), Not(HasSubstr("Access-Control"))));
    EXPECT_THAT(headers_for("", allowed), Not(HasSubstr("Access-Control")));
    EXPECT_THAT(headers_for("https://any.example", {"*"}), HasSubstr("Access-Control-Allow-Origin: *\r\n"));
    EXPECT_THAT(headers_for("https://any.example", {}), Not(HasSubstr("Origin")));
}

TEST(CrossOrigin, preflights_list_the_headers_of_the_api) {
    EXPECT_THAT(headers_for("https://good.example", {"https://good.example"}, "OPTIONS"),
                AllOf(HasSubstr("Access-Control-Allow-Headers: Authorization, Content-Type, If-None-Match, "
                                "X-API-Key, X-Request-Id\r\n"),
                      HasSubstr("Access-Control-Max-Age: 86400\r\n")));
}

TEST(Finish, adds_cache_control_only_if_it_is_not_set) {
    EXPECT_EQ(headers_for("", {}), "Cache-Control: no-store\r\nVary: Accept-Encoding\r\n");
    Response response;
    response.add_header("Cache-Control", "public, max-age=60");
    finish(response, {}, {});
    EXPECT_EQ(response.headers, "Cache-Control: public, max-age=60\r\nVary: Accept-Encoding\r\n");
}

TEST(Finish, writes_the_body_of_an_error) {
    Response response = error_response(404, "Not \"found\"");
    finish(response, {.id = "r-1"}, {});
    EXPECT_EQ(response.body, R"({"error":"Not \"found\"","code":"not_found","request_id":"r-1"})");
}

TEST(Head, says_how_the_body_ends) {
    Response response;
    response.body = "12345";
    EXPECT_THAT(head_of(response, "OK", "r-1", true, BodyEnd::length),
                AllOf(testing::StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("Content-Length: 5\r\n"),
                      testing::EndsWith("X-Request-Id: r-1\r\nConnection: keep-alive\r\n\r\n")));
    EXPECT_THAT(head_of(response, "OK", "r-1", true, BodyEnd::last_chunk),
                AllOf(HasSubstr("Transfer-Encoding: chunked\r\n"), Not(HasSubstr("Content-Length"))));
    EXPECT_THAT(head_of(response, "OK", "r-1", false, BodyEnd::close),
                AllOf(HasSubstr("Connection: close\r\n"), Not(HasSubstr("Transfer-Encoding")),
                      Not(HasSubstr("Content-Length"))));
    response.status = 304;
    EXPECT_THAT(head_of(response, "Not Modified", "r-1", true, BodyEnd::length), Not(HasSubstr("Content-")));
}

}  // namespace
}  // namespace bingefriend
