#include "serve/http_server.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <latch>
#include <string>
#include <thread>

#include "serve/fake_reader.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Client {
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { ::close(socket_); }

    [[nodiscard]] bool connected() const { return connected_; }
    void send(const std::string& bytes) const {
        ASSERT_EQ(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }

    // Until the server closes.
    std::string rest() {
        while (receive()) {
        }
        return std::exchange(pending_, {});
    }

    // One answer with the body its Content-Length tells of.
    std::string answer(bool with_body = true) {
        std::size_t end = std::string::npos;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) {
                return std::exchange(pending_, {});
            }
        }
        const std::size_t at = pending_.find("Content-Length: ");
        std::size_t length = end + 4;
        length += with_body && at < end ? std::stoul(pending_.substr(at + 16)) : 0;
        while (pending_.size() < length && receive()) {
        }
        std::string first = pending_.substr(0, length);
        pending_.erase(0, length);
        return first;
    }

  private:
    bool receive() {
        char buffer[8192];
        const ssize_t got = ::recv(socket_, buffer, sizeof(buffer), 0);
        if (got > 0) {
            pending_.append(buffer, static_cast<std::size_t>(got));
        }
        return got > 0;
    }

    int socket_;
    bool connected_ = false;
    std::string pending_;
};

std::string get(const std::string& target, const std::string& headers = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

class Server : public testing::Test {
  protected:
    void start(ServeOptions options = {}) {
        options.port = 0;
        options.version = "1.2.3";
        server_ = std::make_unique<HttpServer>(options, readers_of(database_));
        thread_ = std::thread([this] { server_->run(); });
    }
    void stop() {
        if (thread_.joinable()) {
            server_->stop();
            thread_.join();
        }
    }
    ~Server() override { stop(); }

    FakeDatabase database_;
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

TEST_F(Server, answers_many_requests_on_one_connection_even_when_they_arrive_at_once) {
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

TEST_F(Server, prepares_for_questions_before_the_first_one) {
    FakeQueries queries;
    ServeOptions options;
    options.queries = &queries;
    start(options);
    queries.prepared.wait(0);
    EXPECT_EQ(queries.prepared, 3);
    stop();
}

TEST_F(Server, closes_where_the_client_wants_it) {
    start();
    Client modern(server_->port());
    modern.send(get("/recommendations/health", "Connection: close\r\n"));
    EXPECT_THAT(modern.rest(), HasSubstr("healthy"));
    Client old(server_->port());
    old.send("GET /recommendations/health HTTP/1.0\r\n\r\n");
    EXPECT_THAT(old.rest(), HasSubstr("healthy"));
}

TEST_F(Server, answers_head_without_a_body) {
    start();
    Client client(server_->port());
    client.send("HEAD /recommendations/health HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = client.answer(false);
    EXPECT_THAT(head, HasSubstr("Content-Length: "));
    EXPECT_THAT(head, Not(HasSubstr("healthy")));
    client.send(get("/recommendations/health"));
    EXPECT_THAT(client.answer(), HasSubstr("healthy")) << "the connection is still in step";
}

TEST_F(Server, refuses_what_is_malformed_or_too_large) {
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

TEST_F(Server, allows_the_origins_it_was_told_and_no_other) {
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

TEST_F(Server, is_not_held_up_by_clients_that_say_nothing) {
    start();
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 50; ++i) {
        silent.push_back(std::make_unique<Client>(server_->port()));
        silent.back()->send("GET /recomm");
    }
    Client client(server_->port());
    client.send(get("/recommendations/health"));
    EXPECT_THAT(client.answer(), HasSubstr("healthy"));
}

TEST_F(Server, ends_a_request_that_never_arrives_whole) {
    start({.limits = {.request_timeout = std::chrono::seconds(0)}});
    Client client(server_->port());
    client.send("GET /recomm");
    EXPECT_EQ(client.rest(), "");
}

TEST_F(Server, answers_several_clients_at_once) {
    std::latch all_asking(2);
    database_.before_answer = [&] { all_asking.arrive_and_wait(); };  // each waits for the other
    start({.threads = 2});
    std::vector<std::thread> clients;
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back([&] {
            Client client(server_->port());
            client.send(get("/shows/1/recommendations"));
            EXPECT_THAT(client.answer(), HasSubstr("\"count\":2"));
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
}

TEST_F(Server, holds_many_clients_and_each_gets_its_own_answer) {
    start({.threads = 2});
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            Client client(server_->port());
            for (int k = 0; k < 50; ++k) {
                const std::string id = std::to_string(1'000 * (i + 1) + k);
                client.send(get("/shows/" + id + "/recommendations"));
                ASSERT_THAT(client.answer(), HasSubstr("\"show_id\":" + id + ","));
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
}

TEST_F(Server, closes_the_connection_that_was_idle_longest_where_another_needs_its_place) {
    start({.threads = 1, .limits = {.connections = 2}});  // one: idle in the order of the answers
    Client one(server_->port());
    Client two(server_->port());
    for (Client* client : {&one, &two}) {
        client->send(get("/recommendations/health"));
        EXPECT_THAT(client->answer(), HasSubstr("healthy"));
    }
    Client third(server_->port());
    third.send(get("/recommendations/health"));
    EXPECT_THAT(third.answer(), HasSubstr("healthy"));
    EXPECT_EQ(one.rest(), "");
    two.send(get("/recommendations/health"));
    EXPECT_THAT(two.answer(), HasSubstr("healthy"));
}

TEST_F(Server, lets_a_client_wait_where_all_places_are_at_work) {
    std::latch asked(1);
    std::latch go_on(1);
    database_.before_answer = [&] {
        asked.count_down();
        go_on.wait();
    };
    start({.database_threads = 1, .limits = {.connections = 1}});
    Client busy(server_->port());
    busy.send(get("/shows/1/recommendations", "Connection: close\r\n"));
    asked.wait();
    Client waiting(server_->port());
    waiting.send(get("/livez"));
    go_on.count_down();
    EXPECT_THAT(busy.rest(), HasSubstr("\"count\":2"));
    EXPECT_THAT(waiting.answer(), HasSubstr("alive"));
}

TEST_F(Server, refuses_further_connections_of_an_address_but_not_of_a_proxy) {
    start({.limits = {.connections_an_address = 1}});
    Client one(server_->port());
    one.send(get("/livez"));
    EXPECT_THAT(one.answer(), HasSubstr("alive"));
    Client two(server_->port());
    EXPECT_EQ(two.rest(), "");
    stop();
    start({.trusted_proxies = {"127.0.0.0/8"}, .limits = {.connections_an_address = 1}});
    Client first(server_->port());
    Client second(server_->port());
    for (Client* client : {&first, &second}) {
        client->send(get("/livez"));
        EXPECT_THAT(client->answer(), HasSubstr("alive"));
    }
}

TEST_F(Server, limits_how_often_an_address_asks) {
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
    EXPECT_THAT(status("/shows/1/recommendations", "10.0.0.2"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Server, believes_no_stranger_about_where_it_comes_from) {
    start({.limits = {.requests_a_second = 0.001, .burst = 1}});
    Client client(server_->port());
    client.send(get("/docs", "X-Forwarded-For: 10.0.0.1\r\n") +
                get("/docs", "X-Forwarded-For: 10.0.0.2\r\n"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 429"));
}

TEST_F(Server, answers_what_it_knows_while_the_database_keeps_its_threads_waiting) {
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

TEST_F(Server, names_every_request_as_the_client_did_or_anew) {
    start();
    Client client(server_->port());
    client.send(get("/nowhere", "X-Request-Id: my-request.1\r\n"));
    EXPECT_THAT(client.answer(), AllOf(HasSubstr("X-Request-Id: my-request.1\r\n"),
                                       HasSubstr("\"request_id\":\"my-request.1\"")));
    client.send(get("/nowhere", "X-Request-Id: <not a name>\r\n"));
    EXPECT_THAT(client.answer(), AllOf(Not(HasSubstr("not a name")), HasSubstr("X-Request-Id: ")));
}

TEST_F(Server, tells_a_client_that_waits_for_it_to_send_its_body) {
    start();
    Client client(server_->port());
    client.send("POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 100 Continue"));
    client.send("{}");
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 405"));
}

TEST_F(Server, finishes_a_request_under_way_and_closes_idle_connections_when_it_stops) {
    std::latch asked(1);
    std::latch told_to_stop(1);
    database_.before_answer = [&] {
        asked.count_down();
        told_to_stop.wait();
    };
    start({.threads = 2});
    Client idle(server_->port());
    idle.send(get("/recommendations/health"));
    EXPECT_THAT(idle.answer(), HasSubstr("healthy"));
    Client busy(server_->port());
    busy.send(get("/shows/1/recommendations"));
    asked.wait();
    server_->stop();
    EXPECT_EQ(idle.rest(), "");
    told_to_stop.count_down();
    EXPECT_THAT(busy.rest(), AllOf(HasSubstr("\"count\":2"), HasSubstr("Connection: close")));
    thread_.join();
}

TEST_F(Server, says_that_a_port_is_in_use_or_a_host_is_none) {
    start();
    try {
        const HttpServer second({.port = server_->port()}, readers_of(database_));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
        EXPECT_THAT(error.what(), HasSubstr("port is in use: 127.0.0.1:" + std::to_string(server_->port())));
    }
    EXPECT_THROW(HttpServer({.host = "no host", .port = 0}, readers_of(database_)), Error);
}

TEST(Serve, ends_cleanly_on_sigterm_and_on_ctrl_c) {
    for (const int signal : {SIGTERM, SIGINT}) {
        int ports[2];
        ASSERT_EQ(::pipe(ports), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            FakeDatabase database;
            serve({.port = 0, .version = "x"}, readers_of(database),
                  [&](std::uint16_t port) { (void)!::write(ports[1], &port, sizeof(port)); });
            ::_exit(0);
        }
        std::uint16_t port = 0;
        ASSERT_EQ(::read(ports[0], &port, sizeof(port)), static_cast<ssize_t>(sizeof(port)));
        Client client(port);
        client.send(get("/recommendations/health"));
        EXPECT_THAT(client.answer(), HasSubstr("healthy"));
        ::kill(child, signal);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        ::close(ports[0]);
        ::close(ports[1]);
    }
}

}  // namespace
}  // namespace bingefriend
