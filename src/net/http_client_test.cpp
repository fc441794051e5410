#include "net/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "base/error.hpp"
#include "net/fake_clock.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

// Notes the pauses instead of making them.
HttpSettings with(FakeClock& clock) {
    HttpSettings settings;
    settings.clock = clock.clock();
    return settings;
}

std::string message_of(HttpClient& client, const HttpRequest& request) {
    try {
        (void)client.send(request);
        return "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unavailable);
        return error.what();
    }
}

TEST(HttpClient, returns_status_body_and_headers) {
    const TestServer server([](const std::string& target, std::size_t) {
        return target == "/here" ? TestServer::response(200, "found", "ETag: \"x\"\r\n")
                                 : TestServer::response(404, "not here");
    });
    HttpClient client;
    const HttpResponse found = client.get(server.url() + "/here");
    EXPECT_EQ(found.body, "found");
    EXPECT_EQ(found.header("etag"), "\"x\"");
    EXPECT_EQ(found.header("none"), "");
    EXPECT_EQ(found.retries, 0u);
    EXPECT_EQ(client.get(server.url() + "/gone").status, 404) << "a client's error is not asked again";
    EXPECT_EQ(server.targets().size(), 2u);
}

TEST(HttpClient, retries_server_errors_with_growing_pauses) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number < 3 ? TestServer::response(503, "") : TestServer::response(200, "well again");
    });
    FakeClock clock;
    HttpClient client(with(clock));
    const HttpResponse response = client.get(server.url());
    EXPECT_EQ(response.body, "well again");
    EXPECT_EQ(response.retries, 3u);
    EXPECT_THAT(clock.pauses(), ElementsAre(milliseconds(375), milliseconds(750), milliseconds(1'500)));
}

TEST(HttpClient, obeys_retry_after_in_seconds_or_as_a_date) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number == 0   ? TestServer::response(429, "", "Retry-After: 7\r\n")
               : number == 1 ? TestServer::response(503, "", "Retry-After: Fri, 01 Jan 2021 00:00:00 GMT\r\n")
               : number == 2 ? TestServer::response(429, "", "Retry-After: soon\r\n")
                             : TestServer::response(200, "ok");
    });
    FakeClock clock;
    HttpClient client(with(clock));
    EXPECT_EQ(client.get(server.url()).body, "ok");
    EXPECT_THAT(clock.pauses(), ElementsAre(milliseconds(7'000), milliseconds(750), milliseconds(1'500)));
}

TEST(HttpClient, gives_up_if_retry_after_is_hours) {
    const TestServer server([](const std::string&, std::size_t) {
        return TestServer::response(429, "", "Retry-After: 99999\r\n");
    });
    FakeClock clock;
    HttpClient client(with(clock));
    EXPECT_THAT(message_of(client, {.url = server.url()}),
                HasSubstr("status 429 and asks to wait 99999 s (tried once)"));
}

TEST(HttpClient, counts_every_attempt_in_the_rate_limit_and_pauses_all_after_a_429) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number == 1 ? TestServer::response(429, "", "Retry-After: 60\r\n")
                           : TestServer::response(200, "");
    });
    FakeClock clock;
    RateLimit limit(2, std::chrono::seconds(10), {}, clock.clock());
    HttpSettings settings = with(clock);
    settings.rate_limit = &limit;
    HttpClient client(settings);
    HttpClient other(settings);
    const auto begin = clock.now();
    (void)client.get(server.url());
    (void)client.get(server.url());
    EXPECT_EQ(clock.now() - begin, std::chrono::seconds(60));
    (void)other.get(server.url());
    EXPECT_EQ(clock.now() - begin, std::chrono::seconds(60));
    (void)client.get(server.url());
    EXPECT_EQ(clock.now() - begin, std::chrono::seconds(70));
}

TEST(HttpClient, reports_what_where_and_why_when_it_gives_up) {
    const TestServer server([](const std::string&, std::size_t) { return TestServer::response(500, ""); });
    FakeClock clock;
    HttpClient client(with(clock));
    const std::string message =
        message_of(client, {.url = server.url() + "/shows?token=secret", .subject = "page 7"});
    EXPECT_THAT(message, HasSubstr("cannot fetch page 7: " + server.url() +
                                   "/shows: it answered status 500 (tried 5 times)"));
    EXPECT_THAT(message, Not(HasSubstr("secret")));
}

TEST(HttpClient, retries_broken_and_refused_connections) {
    FakeClock clock;
    std::string url;
    {
        const TestServer server([](const std::string&, std::size_t number) {
            return number == 0   ? std::string()
                   : number == 1 ? std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut short")
                                 : TestServer::response(200, "whole");
        });
        url = server.url();
        HttpClient client(with(clock));
        const HttpResponse response = client.get(url);
        EXPECT_EQ(response.body, "whole");
        EXPECT_EQ(response.retries, 2u);
    }
    HttpClient client(with(clock));
    EXPECT_THAT(message_of(client, {.url = url}), HasSubstr("tried 5 times")) << "nobody listens any more";
}

TEST(HttpClient, retries_stalled_and_slow_responses) {
    const TestServer server([](const std::string& target, std::size_t number) {
        return target == "/never" || number == 0
                   ? "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf" + TestServer::silence
                   : TestServer::response(200, "whole");
    });
    FakeClock clock;
    HttpSettings settings = with(clock);
    settings.stall_timeout = milliseconds(50);
    settings.retry.attempts = 20;  // on a busy machine, a good response may also take 50 ms
    EXPECT_GE(HttpClient(settings).get(server.url() + "/second").retries, 1u);
    settings.retry.attempts = 1;
    HttpClient stalled(settings);
    EXPECT_THAT(message_of(stalled, {.url = server.url() + "/never"}),
                HasSubstr("no byte arrived for 50 ms"));
    settings.stall_timeout = milliseconds(60'000);
    settings.total_timeout = milliseconds(50);
    HttpClient slow(settings);
    EXPECT_THAT(message_of(slow, {.url = server.url() + "/never"}), HasSubstr("timed out"));
}

TEST(HttpClient, retries_responses_that_fail_validation) {
    const TestServer server([](const std::string&, std::size_t number) {
        return TestServer::response(200, number == 0 ? "<html>" : "{}");
    });
    FakeClock clock;
    HttpClient client(with(clock));
    const HttpResponse response =
        client.get(server.url(), [](HttpResponse& r) { return r.body == "{}" ? "" : "it is no JSON"; });
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(response.retries, 1u);
}

TEST(HttpClient, limits_the_bytes_of_a_response) {
    const TestServer server([](const std::string& target, std::size_t) {
        return target == "/said" ? TestServer::response(200, std::string(5'000, 'x'))
                                 : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(5'000, 'x');
    });
    FakeClock clock;
    HttpSettings settings = with(clock);
    settings.max_body_bytes = 4'999;
    HttpClient client(settings);
    for (const char* target : {"/said", "/unsaid"}) {
        EXPECT_THAT(message_of(client, {.url = server.url() + target}),
                    HasSubstr("larger than 4999 bytes (tried once)"));
    }
}

TEST(HttpClient, follows_redirects_within_the_host_only) {
    const TestServer elsewhere(
        [](const std::string&, std::size_t) { return TestServer::response(200, "no"); });
    const TestServer server([&](const std::string& target, std::size_t) {
        return target == "/moved"  ? TestServer::response(301, "", "Location: /here?x=1\r\n")
               : target == "/loop" ? TestServer::response(302, "", "Location: /loop\r\n")
               : target == "/away"
                   ? TestServer::response(302, "", "Location: " + elsewhere.url() + "/a?b=c\r\n")
               : target == "/nowhere" ? TestServer::response(302, "")
                                      : TestServer::response(200, "at " + target);
    });
    HttpClient client;
    EXPECT_EQ(client.get(server.url() + "/moved").body, "at /here?x=1");
    EXPECT_THAT(message_of(client, {.url = server.url() + "/loop"}), HasSubstr("too often (tried once)"));
    EXPECT_THAT(message_of(client, {.url = server.url() + "/away"}),
                HasSubstr("redirects to another host, " + elsewhere.url() + "/a (tried once)"));
    EXPECT_THAT(message_of(client, {.url = server.url() + "/nowhere"}), HasSubstr("status 302"));
    EXPECT_TRUE(elsewhere.targets().empty()) << "the other host is never asked";
    EXPECT_EQ(client.send({.url = server.url() + "/moved", .method = "DELETE"}).status, 301);
}

TEST(HttpClient, rejects_other_protocols) {
    HttpClient client;
    EXPECT_THAT(message_of(client, {.url = "file:///etc/hostname"}), HasSubstr("tried once"));
}

TEST(HttpClient, stops_a_request_in_flight) {
    std::latch asked(1);
    const TestServer server([&](const std::string&, std::size_t) {
        asked.count_down();
        return TestServer::silence;
    });
    std::jthread thread([&](const std::stop_token& stop) {
        HttpClient client({}, stop);
        EXPECT_THAT(message_of(client, {.url = server.url()}), HasSubstr("it was stopped (tried once)"));
    });
    asked.wait();
    thread.request_stop();
}

}  // namespace
}  // namespace bingefriend
