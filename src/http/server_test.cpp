// Many connections at once, start and shutdown.
#include "http/server.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <csignal>
#include <latch>
#include <thread>

#include "base/error.hpp"
#include "http/test_handler.hpp"

namespace bingefriend {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

class Server : public RunningHttpServer {};

TEST_F(Server, is_not_held_up_by_silent_clients) {
    start();
    std::vector<std::unique_ptr<Client>> silent;
    for (int i = 0; i < 50; ++i) {
        silent.push_back(std::make_unique<Client>(server_->port()));
        silent.back()->send("GET /hel");
    }
    Client client(server_->port());
    client.send(get("/hello"));
    EXPECT_THAT(client.answer(), EndsWith("/hello"));
}

TEST_F(Server, gives_each_of_many_clients_its_own_response) {
    start({.threads = 2});
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, i] {
            Client client(server_->port());
            for (int k = 0; k < 50; ++k) {
                const std::string path = k % 2 == 0 ? "/hello?" : "/slow?";
                const std::string target = path + std::to_string(1'000 * (i + 1) + k);
                client.send(get(target));
                ASSERT_THAT(client.answer(), EndsWith("\r\n\r\n" + target));
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
}

TEST_F(Server, closes_the_longest_idle_connection_if_another_needs_its_place) {
    start({.threads = 1, .limits = {.connections = 2}});  // one thread: idle in the order of the responses
    Client one(server_->port());
    Client two(server_->port());
    for (Client* client : {&one, &two}) {
        client->send(get("/hello"));
        EXPECT_THAT(client->answer(), EndsWith("/hello"));
    }
    Client third(server_->port());
    third.send(get("/hello"));
    EXPECT_THAT(third.answer(), EndsWith("/hello"));
    EXPECT_EQ(one.rest(), "");
    two.send(get("/hello"));
    EXPECT_THAT(two.answer(), EndsWith("/hello"));
}

TEST_F(Server, closes_the_slowest_client_if_all_places_are_taken) {
    start({.threads = 2, .limits = {.connections = 40, .connections_per_address = 20}});
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 40; ++i) {
        slow.push_back(std::make_unique<Client>(server_->port(), 0, i % 2 == 0 ? "127.0.0.2" : "127.0.0.3"));
        slow.back()->send("GET /hello HTTP/1.1\r\nHost: x\r\nX: ");
        slow.back()->send("a");
    }
    for (int i = 0; i < 10; ++i) {
        const auto began = std::chrono::steady_clock::now();
        Client client(server_->port());
        client.send(get("/hello"));
        EXPECT_THAT(client.answer(), EndsWith("/hello"));
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5))
            << "no timeout was needed";
    }
}

TEST_F(Server, lets_a_client_wait_if_all_connections_are_active) {
    std::latch asked(1);
    std::latch resume(1);
    before_slow_ = [&] {
        asked.count_down();
        resume.wait();
    };
    start({.limits = {.connections = 1}});
    Client busy(server_->port());
    busy.send(get("/slow", "Connection: close\r\n"));
    asked.wait();
    Client waiting(server_->port());
    waiting.send(get("/hello"));
    resume.count_down();
    EXPECT_THAT(busy.rest(), EndsWith("/slow"));
    EXPECT_THAT(waiting.answer(), EndsWith("/hello"));
}

TEST_F(Server, limits_the_connections_of_an_address_but_not_of_a_proxy) {
    start({.limits = {.connections_per_address = 1}});
    Client one(server_->port());
    one.send(get("/hello"));
    EXPECT_THAT(one.answer(), EndsWith("/hello"));
    Client two(server_->port());
    EXPECT_EQ(two.rest(), "");
    stop();
    start({.trusted_proxies = {"127.0.0.0/8"}, .limits = {.connections_per_address = 1}});
    Client first(server_->port());
    Client second(server_->port());
    for (Client* client : {&first, &second}) {
        client->send(get("/hello"));
        EXPECT_THAT(client->answer(), EndsWith("/hello"));
    }
}

TEST_F(Server, closes_the_slowest_reader_if_the_handler_asks) {
    start({.threads = 1});
    std::string many;
    for (std::size_t bytes = 0; bytes < (64u << 20); bytes += TestHandler::large_bytes) {
        many += get("/large");
    }
    Client silent(server_->port(), 4'096);
    silent.send(many);
    Client idle(server_->port());
    idle.send(get("/hello"));
    EXPECT_THAT(idle.answer(), EndsWith("/hello"));
    while (metric("bingefriend_http_connections") != 1) {  // it counts as slow after 2 s
        server_->close_slowest_reader();
    }
    EXPECT_LT(silent.rest().size(), 64u << 20);
    idle.send(get("/hello"));
    EXPECT_THAT(idle.answer(), EndsWith("/hello"));
}

TEST_F(Server, finishes_active_requests_and_closes_idle_connections_when_it_stops) {
    std::latch asked(1);
    std::latch told_to_stop(1);
    before_slow_ = [&] {
        asked.count_down();
        told_to_stop.wait();
    };
    start({.threads = 2});
    Client idle(server_->port());
    idle.send(get("/hello"));
    EXPECT_THAT(idle.answer(), EndsWith("/hello"));
    Client busy(server_->port());
    busy.send(get("/slow"));
    asked.wait();
    server_->stop();
    EXPECT_EQ(idle.rest(), "");
    told_to_stop.count_down();
    EXPECT_THAT(busy.rest(), AllOf(EndsWith("/slow"), HasSubstr("Connection: close")));
    thread_.join();
}

TEST_F(Server, ends_active_requests_at_the_shutdown_timeout) {
    std::latch asked(1);
    before_slow_ = [&] { asked.count_down(); };
    start({.threads = 1, .limits = {.shutdown_timeout = std::chrono::milliseconds(1)}});
    std::string many;
    for (std::size_t bytes = 0; bytes < (64u << 20); bytes += TestHandler::large_bytes) {
        many += get("/large");
    }
    Client silent(server_->port(), 4'096);
    silent.send(get("/slow") + many);
    asked.wait();
    stop();
}

TEST_F(Server, rejects_a_port_in_use_and_an_invalid_host) {
    start();
    TestHandler handler;
    try {
        const HttpServer second({.port = server_->port()}, handler);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
        EXPECT_THAT(error.what(), HasSubstr("port is in use: 127.0.0.1:" + std::to_string(server_->port())));
    }
    EXPECT_THROW(HttpServer({.host = "no host", .port = 0}, handler), Error);
}

TEST(ServeUntilSignal, ends_cleanly_on_sigterm_and_on_ctrl_c) {
    for (const int signal : {SIGTERM, SIGINT}) {
        int ports[2];
        ASSERT_EQ(::pipe(ports), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            TestHandler handler;
            serve_until_signal({.port = 0}, handler,
                               [&](std::uint16_t port) { (void)!::write(ports[1], &port, sizeof(port)); });
            ::_exit(0);
        }
        std::uint16_t port = 0;
        ASSERT_EQ(::read(ports[0], &port, sizeof(port)), static_cast<ssize_t>(sizeof(port)));
        Client client(port);
        client.send(get("/hello"));
        EXPECT_THAT(client.answer(), EndsWith("/hello"));
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
