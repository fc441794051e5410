// Requests and responses on one connection.
#include <gmock/gmock.h>

#include <latch>
#include <memory>
#include <vector>

#include "http/test_handler.hpp"

namespace bingefriend {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Connection : public RunningHttpServer {};

TEST_F(Connection, answers_pipelined_requests_in_order) {
    start();
    Client client(server_->port());
    client.send(get("/hello?n=1") + get("/slow") + get("/nowhere"));
    const std::string first = client.answer();
    EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(first, HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
    EXPECT_THAT(first, EndsWith("\r\n\r\n/hello?n=1"));
    EXPECT_THAT(client.answer(), EndsWith("/slow"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 404"));
    client.send(get("/hello?n=2"));
    EXPECT_THAT(client.answer(), EndsWith("/hello?n=2"));
}

TEST_F(Connection, closes_if_the_client_asks_for_it) {
    start();
    Client modern(server_->port());
    modern.send(get("/hello", "Connection: close\r\n"));
    EXPECT_THAT(modern.rest(), EndsWith("/hello"));
    Client old(server_->port());
    old.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_THAT(old.rest(), EndsWith("/hello"));
}

TEST_F(Connection, answers_head_without_a_body) {
    start();
    Client client(server_->port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.answer(false), AllOf(HasSubstr("Content-Length: 6\r\n"), EndsWith("\r\n\r\n")));
    client.send("HEAD /chunks HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.until("\r\n\r\n"), HasSubstr("Transfer-Encoding: chunked\r\n"));
    client.send(get("/hello"));
    EXPECT_THAT(client.answer(), EndsWith("/hello")) << "no body was sent in between";
}

TEST_F(Connection, refuses_malformed_and_large_requests) {
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
    EXPECT_THAT(first_line("DELETE /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                HasSubstr("405"));
}

TEST_F(Connection, never_answers_a_body_as_a_request) {
    start();
    const std::string hidden = get("/hello");
    for (const std::string headers :
         {"Host: x\r\nTransfer-Encoding: xchunked\r\n", "Host: x\r\nTransfer-Encoding: identity\r\n",
          "Host: x\r\nTransfer-Encoding: chunked, identity\r\n", "Host: x\r\nTransfer-Encoding: gzip\r\n",
          "Host: x\r\nTransfer-Encoding:\r\n",
          "Host: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 0\r\n",
          "Host: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n", "Host: x\r\nX: a\r\n b\r\n",
          "Host: x\r\nHost: x\r\n", "Host: a b\r\n", ""}) {
        Client client(server_->port());
        client.send("POST /hello HTTP/1.1\r\n" + headers + "\r\n" + hidden);
        const std::string answer = client.rest();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << headers;
        EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << headers << answer;
        EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    }
    Client old(server_->port());
    old.send("POST /x HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
             hidden);
    EXPECT_THAT(old.rest(), AllOf(StartsWith("HTTP/1.1 400"), Not(HasSubstr("200 OK"))));
}

TEST_F(Connection, does_not_answer_a_truncated_request) {
    start();
    const std::string whole = "POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    for (std::size_t length = 1; length < whole.size(); ++length) {
        Client client(server_->port());
        client.send(whole.substr(0, length));
        client.end();
        EXPECT_EQ(client.rest(), "") << length;
    }
    stop();
    EXPECT_EQ(metric("bingefriend_http_requests_total"), std::nullopt);
}

TEST_F(Connection, sends_a_refusal_to_a_client_that_is_still_sending) {
    start();
    Client client(server_->port());
    client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" +
                std::string(100'000, 'a'));
    EXPECT_THAT(client.rest(), StartsWith("HTTP/1.1 413"));
}

TEST_F(Connection, ignores_empty_lines_before_a_request) {
    start();
    Client client(server_->port());
    client.send("\r\n" + get("/hello") + "\r\n\r\n" + get("/hello"));
    EXPECT_THAT(client.answer(), EndsWith("/hello"));
    EXPECT_THAT(client.answer(), EndsWith("/hello"));
    client.send("\r");
    client.send("\n" + get("/hello"));
    EXPECT_THAT(client.answer(), EndsWith("/hello"));
}

TEST_F(Connection, closes_if_a_request_does_not_arrive_in_time) {
    start({.limits = {.request_timeout = std::chrono::seconds(0)}});
    Client client(server_->port());
    client.send("GET /hel");
    EXPECT_EQ(client.rest(), "");
}

TEST_F(Connection, closes_if_a_client_does_not_read) {
    start({.limits = {.write_timeout = std::chrono::milliseconds(50)}});
    constexpr std::size_t requests = (64u << 20) / TestHandler::large_bytes;  // more than a system buffers
    Client silent(server_->port(), 4'096);
    silent.send(get("/hello"));
    EXPECT_THAT(silent.answer(), EndsWith("/hello"));
    std::string many;
    for (std::size_t i = 0; i < requests; ++i) {
        many += get("/large");
    }
    silent.send(many);
    while (metric("bingefriend_http_connections") != 0) {
    }
    EXPECT_LT(silent.rest().size(), requests * TestHandler::large_bytes);
}

TEST_F(Connection, does_not_wait_for_other_clients_that_are_gone_or_do_not_read) {
    start({.threads = 1});
    Client reading(server_->port());
    std::string many;
    for (std::size_t bytes = 0; bytes < (64u << 20); bytes += TestHandler::large_bytes) {
        many += get("/large");
    }
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 20; ++i) {
        silent.push_back(std::make_unique<Client>(server_->port(), 4'096));
        silent.back()->send(many);
        Client gone(server_->port(), 4'096);
        gone.send(get("/large") + get("/large"));
        reading.send(get("/large"));
        EXPECT_THAT(reading.answer(), EndsWith("\r\n\r\n" + std::string(TestHandler::large_bytes, 'x')));
    }
}

TEST_F(Connection, limits_the_rate_of_an_address) {
    start({.trusted_proxies = {"127.0.0.1"}, .limits = {.requests_per_second = 0.001, .burst = 2}});
    Client client(server_->port());
    const auto status = [&](const std::string& target, const std::string& from) {
        client.send(get(target, "X-Forwarded-For: " + from + "\r\n"));
        return client.answer();
    };
    EXPECT_THAT(status("/hello", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/hello", "10.0.0.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/hello", "10.0.0.1"), AllOf(StartsWith("HTTP/1.1 429"), HasSubstr("Retry-After: "),
                                                    HasSubstr("too_many_requests")));
    EXPECT_THAT(status("/probe", "10.0.0.1"), StartsWith("HTTP/1.1 200")) << "the handler exempts it";
    EXPECT_THAT(status("/hello", "10.0.0.9\r\nX-Forwarded-For: 10.0.0.1"), StartsWith("HTTP/1.1 429"))
        << "the client wrote the first line, the proxy the last";
    EXPECT_THAT(status("/hello", "10.0.0.2"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Connection, ignores_x_forwarded_for_of_untrusted_peers) {
    start({.limits = {.requests_per_second = 0.001, .burst = 1}});
    Client client(server_->port());
    client.send(get("/hello", "X-Forwarded-For: 10.0.0.1\r\n") +
                get("/hello", "X-Forwarded-For: 10.0.0.2\r\n"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 429"));
}

TEST_F(Connection, waits_for_the_handler_longer_than_for_a_client) {
    std::latch asked(1);
    std::latch resume(1);
    before_slow_ = [&] {
        asked.count_down();
        resume.wait();
    };
    start({.threads = 1, .limits = {.request_timeout = std::chrono::seconds(0)}});
    Client client(server_->port());
    client.send(get("/slow"));
    asked.wait();
    Client slow(server_->port());
    slow.send("GET /hel");
    EXPECT_EQ(slow.rest(), "");
    resume.count_down();
    EXPECT_THAT(client.answer(), EndsWith("/slow"));
}

TEST_F(Connection, uses_the_request_id_of_the_client_if_it_is_valid) {
    start();
    Client client(server_->port());
    client.send(get("/nowhere", "X-Request-Id: my-request.1\r\n"));
    EXPECT_THAT(client.answer(), AllOf(HasSubstr("X-Request-Id: my-request.1\r\n"),
                                       HasSubstr("\"request_id\":\"my-request.1\"")));
    client.send(get("/nowhere", "X-Request-Id: <not a name>\r\n"));
    EXPECT_THAT(client.answer(), AllOf(Not(HasSubstr("not a name")), HasSubstr("X-Request-Id: ")));
}

TEST_F(Connection, asks_a_waiting_client_for_its_body) {
    start();
    Client client(server_->port());
    client.send("POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 100 Continue"));
    client.send("{}");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 405"));
}

TEST_F(Connection, sends_a_large_body_in_chunks_and_stays_open) {
    start();
    Client client(server_->port());
    client.send(get("/chunks") + get("/hello"));
    EXPECT_THAT(client.until("\r\n\r\n"),
                AllOf(HasSubstr("Transfer-Encoding: chunked\r\n"), Not(HasSubstr("Content-Length"))));
    const std::string body = client.until("\r\n0\r\n\r\n");
    EXPECT_THAT(body, StartsWith("7\r\n/chunks\r\n10000\r\nccc"));
    EXPECT_GT(body.size(), (TestHandler::chunks - 1) * TestHandler::large_bytes);
    EXPECT_THAT(client.answer(), EndsWith("/hello"));
}

TEST_F(Connection, is_reset_if_a_body_cannot_be_completed) {
    start();
    handler_->chunk_that_fails = 50;
    for (const std::string version : {"1.1", "1.0"}) {
        Client client(server_->port(), 4'096);
        client.send("GET /chunks HTTP/" + version + "\r\nHost: x\r\n\r\n");
        EXPECT_THAT(client.until("\r\n\r\n"), StartsWith("HTTP/1.1 200"));
        const std::string body = client.rest();
        EXPECT_LE(body.size(), 51 * TestHandler::large_bytes);
        EXPECT_THAT(body, Not(EndsWith("\r\n0\r\n\r\n")));
    }
}

}  // namespace
}  // namespace bingefriend
