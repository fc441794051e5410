#include "net/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "domain/error.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

// Notes the pauses instead of making them.
HttpSettings noting(std::vector<milliseconds>& pauses) {
    HttpSettings settings;
    settings.sleep = [&pauses](milliseconds pause) { pauses.push_back(pause); };
    return settings;
}

std::string message_of(HttpClient& client, const std::string& url) {
    try {
        (void)client.get(url);
        return "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unavailable);
        return error.what();
    }
}

TEST(HttpClient, gives_back_status_and_body) {
    const TestServer server([](const std::string& target, std::size_t) {
        return target == "/here" ? TestServer::response(200, "found") : TestServer::response(404, "not here");
    });
    HttpClient client;
    EXPECT_EQ(client.get(server.url() + "/here").body, "found");
    EXPECT_EQ(client.get(server.url() + "/gone").status, 404) << "a client's error is not asked again";
    EXPECT_EQ(client.retries(), 0u);
}

TEST(HttpClient, asks_again_after_server_errors_with_growing_pauses) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number < 3 ? TestServer::response(503, "") : TestServer::response(200, "well again");
    });
    std::vector<milliseconds> pauses;
    HttpClient client(noting(pauses));
    EXPECT_EQ(client.get(server.url()).body, "well again");
    EXPECT_EQ(client.retries(), 3u);
    ASSERT_EQ(pauses.size(), 3u);
    for (std::size_t i = 0; i < pauses.size(); ++i) {
        EXPECT_GE(pauses[i], milliseconds(250) * (1 << i));
        EXPECT_LE(pauses[i], milliseconds(500) * (1 << i));
    }
}

TEST(HttpClient, waits_as_long_as_retry_after_says_within_reason) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number == 0   ? TestServer::response(429, "", "Retry-After: 7\r\n")
               : number == 1 ? TestServer::response(429, "", "Retry-After: 999999\r\n")
                             : TestServer::response(200, "ok");
    });
    std::vector<milliseconds> pauses;
    HttpClient client(noting(pauses));
    EXPECT_EQ(client.get(server.url()).body, "ok");
    EXPECT_THAT(pauses, testing::ElementsAre(milliseconds(7'000), milliseconds(60'000)));
}

TEST(HttpClient, gives_up_in_the_end_and_says_what_where_and_why) {
    const TestServer server([](const std::string&, std::size_t) { return TestServer::response(500, ""); });
    std::vector<milliseconds> pauses;
    HttpClient client(noting(pauses));
    const std::string message = message_of(client, server.url() + "/shows?token=secret");
    EXPECT_THAT(message, HasSubstr(server.url() + "/shows: it answered status 500 (asked 5 times)"));
    EXPECT_THAT(message, Not(HasSubstr("secret")));
}

TEST(HttpClient, asks_again_where_the_connection_breaks_or_is_refused) {
    std::vector<milliseconds> pauses;
    std::string url;
    {
        const TestServer server([](const std::string&, std::size_t number) {
            return number == 0   ? std::string()
                   : number == 1 ? std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut short")
                                 : TestServer::response(200, "whole");
        });
        url = server.url();
        HttpClient client(noting(pauses));
        EXPECT_EQ(client.get(url).body, "whole");
        EXPECT_EQ(client.retries(), 2u);
    }
    HttpClient client(noting(pauses));
    EXPECT_THAT(message_of(client, url), HasSubstr("asked 5 times")) << "nobody listens any more";
}

TEST(HttpClient, asks_again_where_the_caller_finds_fault_with_the_answer) {
    const TestServer server([](const std::string&, std::size_t number) {
        return TestServer::response(200, number == 0 ? "<html>" : "{}");
    });
    std::vector<milliseconds> pauses;
    HttpClient client(noting(pauses));
    EXPECT_EQ(
        client.get(server.url(), [](HttpResponse& r) { return r.body == "{}" ? "" : "it is no JSON"; }).body,
        "{}");
    EXPECT_EQ(client.retries(), 1u);
}

TEST(HttpClient, takes_no_more_bytes_than_the_limit) {
    const TestServer server(
        [](const std::string&, std::size_t) { return TestServer::response(200, std::string(5'000, 'x')); });
    std::vector<milliseconds> pauses;
    HttpSettings settings = noting(pauses);
    settings.most_body_bytes = 4'999;
    HttpClient client(settings);
    EXPECT_THAT(message_of(client, server.url()), HasSubstr("larger than 4999 bytes (asked once)"));
}

TEST(HttpClient, follows_no_redirect_and_speaks_no_other_protocol) {
    const TestServer server([](const std::string&, std::size_t) {
        return TestServer::response(302, "", "Location: http://127.0.0.1:1/\r\n");
    });
    HttpClient client;
    EXPECT_EQ(client.get(server.url()).status, 302);
    EXPECT_THAT(message_of(client, "file:///etc/hostname"), HasSubstr("asked once"));
}

TEST(WithoutSecrets, leaves_scheme_host_port_and_path) {
    EXPECT_EQ(without_secrets("https://user:pa@ss@host:8/a/b?code=key#x"), "https://host:8/a/b");
    EXPECT_EQ(without_secrets("http://host/a@b"), "http://host/a@b");
    EXPECT_EQ(without_secrets("host"), "host");
}

}  // namespace
}  // namespace bingefriend
