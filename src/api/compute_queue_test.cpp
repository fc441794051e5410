// Computed answers have a queue and threads of their own: they hold nothing else up.
#include <gmock/gmock.h>

#include <latch>
#include <memory>
#include <vector>

#include "api/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class ComputeQueue : public RunningServer {
  protected:
    ~ComputeQueue() override { stop(); }
    // One answer is computed, and one waits.
    void start_and_fill_the_queue() {
        database_.before_shows = [this] {
            if (!began_.exchange(true)) {
                computing_.count_down();
                end_.wait();
            }
        };
        ServeOptions options;
        options.http.threads = 1;
        options.compute_threads = 1;
        options.compute_queue = 1;
        start(options);
        busy_ = std::make_unique<Client>(server_->port());
        busy_->send(get("/shows/search?q=a"));
        computing_.wait();
        waiting_ = std::make_unique<Client>(server_->port());
        waiting_->send(get("/shows/search?q=b"));
        Client watching(server_->port());
        std::string metrics;
        do {
            watching.send(get("/metrics"));
            metrics = watching.answer();
        } while (metrics.find("bingefriend_compute_waiting_requests 1\n") == std::string::npos);
    }
    std::string ask(const std::string& target) {
        Client client(server_->port());
        client.send(get(target));
        return client.answer();
    }

    std::atomic<bool> began_ = false;
    std::latch computing_{1};
    std::latch end_{1};  // of the first search
    std::unique_ptr<Client> busy_;
    std::unique_ptr<Client> waiting_;
};

TEST_F(ComputeQueue, refuses_at_once_when_it_is_full) {
    start_and_fill_the_queue();
    for (const char* target :
         {"/shows/search?q=c", "/recommendations?like=1", "/shows/1/recommendations?genre=Drama",
          "/get_shows_bulk", "/catalogue", "/runs"}) {
        EXPECT_THAT(ask(target), AllOf(HasSubstr("HTTP/1.1 503"), HasSubstr("Retry-After: 1\r\n"),
                                       HasSubstr("The server is busy")))
            << target;
    }
    EXPECT_THAT(ask("/metrics"), HasSubstr("bingefriend_compute_refused_total 6\n"));
    end_.count_down();
    EXPECT_THAT(busy_->answer(), HasSubstr("200 OK"));
    EXPECT_THAT(waiting_->answer(), HasSubstr("200 OK"));
    EXPECT_THAT(ask("/shows/search?q=c"), HasSubstr("200 OK"));
}

TEST_F(ComputeQueue, holds_up_neither_lists_nor_shows_nor_probes_nor_refusals) {
    start_and_fill_the_queue();
    EXPECT_THAT(ask("/livez"), HasSubstr("200 OK"));
    EXPECT_THAT(ask("/readyz"), HasSubstr("200 OK"));
    EXPECT_THAT(ask("/recommendations/health"), HasSubstr("200 OK"));
    EXPECT_THAT(ask("/recommendations/stats"), HasSubstr("200 OK"));
    EXPECT_THAT(ask("/shows/1/recommendations"), HasSubstr("\"count\":2"));
    EXPECT_THAT(ask("/shows/64"), HasSubstr("Utopia"));
    EXPECT_THAT(ask("/shows/1/recommendations?n=0"), HasSubstr("400 Bad Request"));
    EXPECT_THAT(ask("/openapi.json"), HasSubstr("200 OK"));
    end_.count_down();
    EXPECT_THAT(busy_->answer(), HasSubstr("200 OK"));
    EXPECT_THAT(waiting_->answer(), HasSubstr("200 OK"));
}

}  // namespace
}  // namespace bingefriend
