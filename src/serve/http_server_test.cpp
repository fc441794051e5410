// Many connections at once, and how it begins and ends.
#include "serve/http_server.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <csignal>
#include <latch>
#include <thread>

#include "serve/test_client.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Server : public RunningServer {};

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
    for (const std::size_t database_threads : {0u, 3u}) {
        start({.threads = 2, .database_threads = database_threads});
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
        stop();
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

TEST_F(Server, closes_the_slowest_client_where_others_hold_all_places) {
    start({.threads = 2, .limits = {.connections = 40, .connections_an_address = 20}});
    std::vector<std::unique_ptr<Client>> slow;
    for (int i = 0; i < 40; ++i) {
        slow.push_back(std::make_unique<Client>(server_->port(), 0, i % 2 == 0 ? "127.0.0.2" : "127.0.0.3"));
        slow.back()->send("GET /livez HTTP/1.1\r\nHost: x\r\nX: ");
        slow.back()->send("a");
    }
    for (int i = 0; i < 10; ++i) {
        const auto began = std::chrono::steady_clock::now();
        Client client(server_->port());
        client.send(get("/livez"));
        EXPECT_THAT(client.answer(), HasSubstr("alive"));
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5))
            << "long before a time-out";
    }
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

TEST_F(Server, prepares_for_questions_before_the_first_one) {
    FakeQueries queries;
    ServeOptions options;
    options.queries = &queries;
    start(options);
    queries.prepared.wait(0);
    EXPECT_EQ(queries.prepared, 3);
    stop();
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
