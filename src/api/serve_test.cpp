// The API behind its server: what their tests apart cannot show.
#include "api/serve.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <csignal>
#include <latch>
#include <thread>
#include <vector>

#include "api/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Serving : public RunningServer {};

TEST_F(Serving, answers_several_clients_at_once) {
    std::latch all_asking(2);
    database_.before_lists = [&] { all_asking.arrive_and_wait(); };  // each waits for the other
    start({.http = {.threads = 2}});
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

TEST_F(Serving, gives_each_of_many_clients_its_own_list) {
    for (const std::size_t database_threads : {0u, 3u}) {
        start({.http = {.threads = 2}, .database_threads = database_threads});
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

TEST_F(Serving, answers_pipelined_requests_in_order) {
    start();
    Client client(server_->port());
    client.send(get("/recommendations/health") + get("/shows/1/recommendations?n=1") +
                get("/shows/9/recommendations"));
    const std::string health = client.answer();
    EXPECT_THAT(health, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(health, HasSubstr("\"version\":\"1.2.3\""));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 404"));
    client.send(get("/recommendations/stats"));
    EXPECT_THAT(client.answer(), HasSubstr("cached_shows"));
}

TEST_F(Serving, does_not_wait_for_the_database_if_the_answer_is_known) {
    std::latch asked(1);
    std::latch resume(1);
    start({.http = {.threads = 1}, .database_threads = 1});
    Client client(server_->port());
    client.send(get("/shows/1/recommendations?n=1"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    database_.before_lists = [&] {
        asked.count_down();
        resume.wait();
    };
    Client waiting(server_->port());
    waiting.send(get("/shows/1/recommendations?n=2"));
    asked.wait();
    client.send(get("/shows/1/recommendations?n=1") + get("/readyz"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":1"));
    EXPECT_THAT(client.answer(), HasSubstr("ready"));
    resume.count_down();
    EXPECT_THAT(waiting.answer(), HasSubstr("\"count\":2"));
}

TEST_F(Serving, allows_only_the_configured_origins) {
    start({.http = {.allowed_origins = {"https://good.example"}}});
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

TEST_F(Serving, limits_the_rate_of_everything_but_probes) {
    start({.http = {.limits = {.requests_per_second = 0.001, .burst = 1}}});
    Client client(server_->port());
    const auto status = [&](const std::string& target) {
        client.send(get(target));
        return client.answer();
    };
    EXPECT_THAT(status("/shows/1/recommendations"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/livez"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(status("/api/readyz/?x"), StartsWith("HTTP/1.1 200"));
    for (const char* other :
         {"/shows/1?x=/livez", "/nowhere/livez", "/docs#/readyz", "/metrics", "/%zz/livez"}) {
        EXPECT_THAT(status(other), StartsWith("HTTP/1.1 429")) << other;
    }
}

TEST_F(Serving, accepts_absolute_targets) {
    start();
    Client client(server_->port());
    client.send(get("http://Any.example:80/livez") + get("HTTP://x?n=1"));
    EXPECT_THAT(client.answer(), HasSubstr("alive"));
    EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 200"));
    for (const char* bad :
         {"*", "livez", "ftp://x/livez", "http:///livez", "http://a@b/livez", "http://a:b/livez"}) {
        client.send(get(bad));
        EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 400")) << bad;
    }
}

TEST_F(Serving, counts_requests_by_route_in_its_metrics) {
    start();
    Client client(server_->port());
    client.send(get("/shows/1/recommendations") + get("/metrics"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":2"));
    EXPECT_THAT(
        client.answer(),
        AllOf(HasSubstr("route=\"/shows/{show_id}/recommendations\",status=\"200\"} 1\n"),
              HasSubstr("bingefriend_http_connections 1\n"), HasSubstr("bingefriend_generation 3\n")));
}

TEST_F(Serving, finishes_active_requests_when_it_stops) {
    std::latch asked(1);
    std::latch told_to_stop(1);
    database_.before_lists = [&] {
        asked.count_down();
        told_to_stop.wait();
    };
    start({.http = {.threads = 2}});
    Client idle(server_->port());
    idle.send(get("/livez"));
    EXPECT_THAT(idle.answer(), StartsWith("HTTP/1.1 200"));
    Client busy(server_->port());
    busy.send(get("/shows/1/recommendations"));
    asked.wait();
    server_->stop();
    EXPECT_EQ(idle.rest(), "") << "idle connections are closed when the shutdown has begun";
    told_to_stop.count_down();
    EXPECT_THAT(busy.rest(), AllOf(HasSubstr("\"count\":2"), HasSubstr("Connection: close")));
    thread_.join();
}

TEST(Serve, ends_cleanly_on_sigterm) {
    int ports[2];
    ASSERT_EQ(::pipe(ports), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        SampleReader database;
        serve({.http = {.port = 0}, .version = "x"}, database,
              [&](std::uint16_t port) { (void)!::write(ports[1], &port, sizeof(port)); });
        ::_exit(0);
    }
    std::uint16_t port = 0;
    ASSERT_EQ(::read(ports[0], &port, sizeof(port)), static_cast<ssize_t>(sizeof(port)));
    Client client(port);
    client.send(get("/recommendations/health"));
    EXPECT_THAT(client.answer(), HasSubstr("healthy"));
    ::kill(child, SIGTERM);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ::close(ports[0]);
    ::close(ports[1]);
}

}  // namespace
}  // namespace bingefriend
