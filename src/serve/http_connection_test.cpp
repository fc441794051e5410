// What is said on one connection.
#include <gmock/gmock.h>

#include <latch>
#include <memory>
#include <vector>

#include "serve/test_client.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Connection : public RunningServer {};

// Without the headers that differ from response to response.
std::string without_request_id(std::string response) {
    for (const std::string_view name : {"X-Request-Id: ", "Date: "}) {
        const std::size_t at = response.find(name);
        response.erase(at, response.find("\r\n", at) - at);
    }
    return response;
}

TEST_F(Connection, answers_many_requests_on_one_connection_even_when_they_arrive_at_once) {
    start();
    Client client(server_->port());
    client.send(get("/recommendations/health") + get("/shows/1/recommendations?n=1") +
                get("/shows/9/recommendations"));
    const std::string health = client.answer();
    EXPECT_THAT(health, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(health, HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
    EXPECT_THAT(health, HasSubstr("\"version\":\"1.2.3\""));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 404"));
    client.send(get("/recommendations/stats"));
    EXPECT_THAT(client.answer(), HasSubstr("cached_shows"));
}

TEST_F(Connection, closes_where_the_client_wants_it) {
    start();
    Client modern(server_->port());
    modern.send(get("/recommendations/health", "Connection: close\r\n"));
    EXPECT_THAT(modern.rest(), HasSubstr("healthy"));
    Client old(server_->port());
    old.send("GET /recommendations/health HTTP/1.0\r\n\r\n");
    EXPECT_THAT(old.rest(), HasSubstr("healthy"));
}

TEST_F(Connection, answers_head_without_a_body) {
    start();
    Client client(server_->port());
    client.send("HEAD /recommendations/health HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = client.answer(false);
    EXPECT_THAT(head, HasSubstr("Content-Length: "));
    EXPECT_THAT(head, Not(HasSubstr("healthy")));
    client.send(get("/recommendations/health"));
    EXPECT_THAT(client.answer(), HasSubstr("healthy")) << "the connection is still in step";
}

TEST_F(Connection, refuses_what_is_malformed_or_too_large) {
    start();
    const auto first_line = [&](const std::string& bytes) {
        Client client(server_->port());
        client.send(bytes);
        const std::string answer = client.rest();
        return answer.substr(0, answer.find("\r\n"));
    };
    EXPECT_THAT(first_line("NOT HTTP AT ALL\r\n\r\n"), HasSubstr("400"));
    EXPECT_THAT(first_line(get("/x", "Connection: close\r\nLong: " + std::string(20'000, 'a') + "\r\n")),
                HasSubstr("431"));
    EXPECT_THAT(first_line("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"),
                HasSubstr("413"));
    EXPECT_THAT(first_line(get("/" + std::string(9'000, 'a'), "Connection: close\r\n")), HasSubstr("414"));
    EXPECT_THAT(first_line("DELETE /recommendations/stats HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                HasSubstr("405"));
}

TEST_F(Connection, never_answers_a_body_as_the_next_request) {
    start();
    const std::string hidden = get("/livez");
    for (const std::string headers :
         {"Host: x\r\nTransfer-Encoding: xchunked\r\n", "Host: x\r\nTransfer-Encoding: identity\r\n",
          "Host: x\r\nTransfer-Encoding: chunked, identity\r\n", "Host: x\r\nTransfer-Encoding: gzip\r\n",
          "Host: x\r\nTransfer-Encoding:\r\n",
          "Host: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 0\r\n",
          "Host: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n", "Host: x\r\nX: a\r\n b\r\n",
          "Host: x\r\nHost: x\r\n", "Host: a b\r\n", ""}) {
        Client client(server_->port());
        client.send("POST /recommendations/similar HTTP/1.1\r\n" + headers + "\r\n" + hidden);
        const std::string answer = client.rest();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << headers;
        EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << headers << answer;
        EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    }
    Client old(server_->port());
    old.send("POST /x HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
             hidden);
    EXPECT_THAT(old.rest(), AllOf(StartsWith("HTTP/1.1 400"), Not(HasSubstr("alive"))));
}

TEST_F(Connection, answers_nothing_to_a_request_that_is_cut_off) {
    start();
    const std::string whole = "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    for (std::size_t length = 1; length < whole.size(); ++length) {
        Client client(server_->port());
        client.send(whole.substr(0, length));
        client.end();
        EXPECT_EQ(client.rest(), "") << length;
    }
    Client client(server_->port());
    client.send(get("/metrics"));
    EXPECT_THAT(client.answer(), Not(HasSubstr("bingefriend_http_requests_total")));
}

TEST_F(Connection, tells_a_client_that_is_still_sending_why_it_is_refused) {
    start();
    Client client(server_->port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" +
                std::string(100'000, 'a'));
    EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 413"));
}

TEST_F(Connection, takes_empty_lines_before_a_request_and_absolute_targets) {
    start();
    Client client(server_->port());
    client.send("\r\n" + get("/livez") + "\r\n\r\n" + get("http://Any.example:80/livez") +
                get("HTTP://x?n=1"));
    EXPECT_THAT(client.answer(), HasSubstr("alive"));
    EXPECT_THAT(client.answer(), HasSubstr("alive"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    client.send("\r");
    client.send("\n" + get("/livez"));
    EXPECT_THAT(client.answer(), HasSubstr("alive"));
    for (const char* bad :
         {"*", "livez", "ftp://x/livez", "http:///livez", "http://a@b/livez", "http://a:b/livez"}) {
        client.send(get(bad));
        EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 400")) << bad;
    }
}

TEST_F(Connection, allows_the_origins_it_was_told_and_no_other) {
    start({.allowed_origins = {"https://good.example"}});
    Client client(server_->port());
    client.send(get("/recommendations/health", "Origin: https://good.example\r\n"));
    EXPECT_THAT(client.answer(), HasSubstr("Access-Control-Allow-Origin: https://good.example\r\n"));
    client.send(get("/recommendations/health", "Origin: https://bad.example\r\n"));
    EXPECT_THAT(client.answer(), Not(HasSubstr("Access-Control-Allow-Origin")));
    client.send(
        "OPTIONS /shows/1/recommendations HTTP/1.1\r\nHost: x\r\nOrigin: https://good.example\r\n\r\n");
    EXPECT_THAT(client.answer(), AllOf(StartsWith("HTTP/1.1 204"),
                                       HasSubstr("Access-Control-Allow-Methods: GET, HEAD, OPTIONS")));
}

TEST_F(Connection, ends_a_request_that_never_arrives_whole) {
    start({.limits = {.request_timeout = std::chrono::seconds(0)}});
    Client client(server_->port());
    client.send("GET /recomm");
    EXPECT_EQ(client.rest(), "");
}

TEST_F(Connection, closes_on_a_client_that_does_not_read) {
    start({.limits = {.write_timeout = std::chrono::milliseconds(50)}});
    Client watching(server_->port());
    watching.send(get("/openapi.json"));
    const std::size_t bytes = watching.answer().size();
    const std::size_t answers = (64u << 20) / bytes;  // more than a system keeps to be sent
    Client silent(server_->port(), 4'096);
    silent.send(get("/livez"));
    EXPECT_THAT(silent.answer(), HasSubstr("alive"));
    std::string many;
    for (std::size_t i = 0; i < answers; ++i) {
        many += get("/openapi.json");
    }
    silent.send(many);
    std::string metrics;
    do {
        watching.send(get("/metrics"));
        metrics = watching.answer();
    } while (metrics.find("bingefriend_http_connections 1\n") == std::string::npos);
    EXPECT_LT(silent.rest().size(), answers * bytes);
}

TEST_F(Connection, serves_the_others_while_clients_are_gone_or_do_not_read) {
    start({.threads = 1});
    Client reading(server_->port());
    reading.send(get("/openapi.json"));
    const std::string expected = reading.answer();
    std::string many;
    for (std::size_t bytes = 0; bytes < (64u << 20);
         bytes += expected.size()) {  // more than a system buffers
        many += get("/openapi.json");
    }
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 20; ++i) {
        silent.push_back(std::make_unique<Client>(server_->port(), 4'096));
        silent.back()->send(many);
        Client gone(server_->port(), 4'096);
        gone.send(get("/openapi.json") + get("/openapi.json"));
        reading.send(get("/openapi.json"));
        EXPECT_EQ(without_request_id(reading.answer()), without_request_id(expected));
    }
}

TEST_F(Connection, limits_how_often_an_address_asks) {
    start({.trusted_proxies = {"127.0.0.1"}, .limits = {.requests_a_second = 0.001, .burst = 2}});
    Client client(server_->port());
    const auto status = [&](const std::string& target, const std::string& from) {
        client.send(get(target, "X-Forwarded-For: " + from + "\r\n"));
        return client.answer();
    };
    EXPECT_THAT(status("/shows/1/recommendations", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/shows/1/recommendations", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(
        status("/shows/1/recommendations", "10.0.0.1"),
        AllOf(StartsWith("HTTP/1.1 429"), HasSubstr("Retry-After: "), HasSubstr("too_many_requests")));
    EXPECT_THAT(status("/livez", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/api/readyz/?x", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    for (const char* other :
         {"/shows/1?x=/livez", "/nowhere/livez", "/docs#/readyz", "/metrics", "/%zz/livez"}) {
        EXPECT_THAT(status(other, "10.0.0.1"), StartsWith("HTTP/1.1 429")) << other;
    }
    EXPECT_THAT(status("/shows/1", "10.0.0.9\r\nX-Forwarded-For: 10.0.0.1"), StartsWith("HTTP/1.1 429"))
        << "the client wrote the first line, the proxy the last";
    EXPECT_THAT(status("/shows/1/recommendations", "10.0.0.2"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Connection, believes_no_stranger_about_where_it_comes_from) {
    start({.limits = {.requests_a_second = 0.001, .burst = 1}});
    Client client(server_->port());
    client.send(get("/docs", "X-Forwarded-For: 10.0.0.1\r\n") +
                get("/docs", "X-Forwarded-For: 10.0.0.2\r\n"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 429"));
}

TEST_F(Connection, answers_what_it_knows_while_the_database_keeps_its_threads_waiting) {
    std::latch asked(1);
    std::latch go_on(1);
    start({.threads = 1, .database_threads = 1});
    Client client(server_->port());
    client.send(get("/shows/1/recommendations?n=1"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    database_.before_answer = [&] {
        asked.count_down();
        go_on.wait();
    };
    Client waiting(server_->port());
    waiting.send(get("/shows/1/recommendations?n=2"));
    asked.wait();
    client.send(get("/shows/1/recommendations?n=1") + get("/readyz"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    EXPECT_THAT(client.answer(), HasSubstr("ready"));
    go_on.count_down();
    EXPECT_THAT(waiting.answer(), HasSubstr("\"count\":2"));
}

TEST_F(Connection, waits_for_the_database_longer_than_for_a_client) {
    std::latch asked(1);
    std::latch go_on(1);
    database_.before_answer = [&] {
        asked.count_down();
        go_on.wait();
    };
    start({.threads = 1, .database_threads = 1, .limits = {.request_timeout = std::chrono::seconds(0)}});
    Client client(server_->port());
    client.send(get("/shows/1/recommendations"));
    asked.wait();
    Client slow(server_->port());
    slow.send("GET /recomm");
    EXPECT_EQ(slow.rest(), "");
    go_on.count_down();
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":2"));
}

TEST_F(Connection, names_every_request_as_the_client_did_or_anew) {
    start();
    Client client(server_->port());
    client.send(get("/nowhere", "X-Request-Id: my-request.1\r\n"));
    EXPECT_THAT(client.answer(), AllOf(HasSubstr("X-Request-Id: my-request.1\r\n"),
                                       HasSubstr("\"request_id\":\"my-request.1\"")));
    client.send(get("/nowhere", "X-Request-Id: <not a name>\r\n"));
    EXPECT_THAT(client.answer(), AllOf(Not(HasSubstr("not a name")), HasSubstr("X-Request-Id: ")));
}

TEST_F(Connection, tells_a_client_that_waits_for_it_to_send_its_body) {
    start();
    Client client(server_->port());
    client.send("POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 100 Continue"));
    client.send("{}");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 405"));
}

}  // namespace
}  // namespace bingefriend
