// Many requests wait for the database at once.
#include <gmock/gmock.h>

#include <latch>
#include <memory>
#include <vector>

#include "serve/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Queue : public RunningServer {
  protected:
    // One thread asks the database and is at it until go_on; what is asked meanwhile waits.
    void start_and_keep_busy(ServeOptions options = {}) {
        options.http.threads = 1;
        options.database_threads = 1;
        database_.before_answer = [this, first = true]() mutable {
            if (std::exchange(first, false)) {
                at_work_.count_down();
                go_on_.wait();
            }
        };
        start(options);
        busy_ = std::make_unique<Client>(server_->port());
        busy_->send(get("/shows/1/recommendations?n=1"));
        at_work_.wait();
    }
    void ask(const std::string& target, const std::string& more = {}) {
        clients_.push_back(std::make_unique<Client>(server_->port()));
        clients_.back()->send(get(target) + more);
        Client watching(server_->port());
        const std::string all_wait =
            "bingefriend_database_waiting_requests " + std::to_string(clients_.size()) + '\n';
        std::string metrics;
        do {
            watching.send(get("/metrics"));
            metrics = watching.answer();
        } while (metrics.find(all_wait) == std::string::npos);
    }

    std::latch at_work_{1};
    std::latch go_on_{1};
    std::unique_ptr<Client> busy_;
    std::vector<std::unique_ptr<Client>> clients_;
};

TEST_F(Queue, reads_the_lists_that_were_asked_for_meanwhile_at_once) {
    start_and_keep_busy();
    for (int show = 101; show <= 105; ++show) {
        ask("/shows/" + std::to_string(show) + "/recommendations");
    }
    go_on_.count_down();
    EXPECT_THAT(busy_->answer(), HasSubstr("\"count\":1"));
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        EXPECT_THAT(clients_[i]->answer(), HasSubstr("\"show_id\":" + std::to_string(101 + i) + ","));
    }
    EXPECT_EQ(database_.lists_read, 2) << "that of the first, then those of the others";
}

TEST_F(Queue, answers_other_questions_one_at_a_time_and_in_their_turn) {
    start_and_keep_busy();
    ask("/shows/101/recommendations");
    ask("/shows/64");
    ask("/shows/102/recommendations");
    ask("/shows/103/recommendations");
    go_on_.count_down();
    EXPECT_THAT(clients_[1]->answer(), HasSubstr("Utopia"));
    EXPECT_THAT(clients_[0]->answer(), HasSubstr("\"show_id\":101,"));
    EXPECT_THAT(clients_[3]->answer(), HasSubstr("\"show_id\":103,"));
    EXPECT_EQ(database_.lists_read, 3);
}

// The first answer of each tells the server that its client is gone, the second finds it so.
TEST_F(Queue, outlives_clients_that_do_not_wait_for_their_answers) {
    start_and_keep_busy();
    for (int show = 101; show <= 120; ++show) {
        ask("/shows/" + std::to_string(show) + "/recommendations", get("/shows/1/recommendations"));
    }
    clients_.clear();
    go_on_.count_down();
    EXPECT_THAT(busy_->answer(), HasSubstr("\"count\":1"));
    Client another(server_->port());
    another.send(get("/shows/64"));
    EXPECT_THAT(another.answer(), HasSubstr("Utopia"));
}

TEST_F(Queue, turns_away_who_waited_too_long) {
    ServeOptions options;
    options.queue_timeout = std::chrono::milliseconds(-1);  // whoever waits has waited too long
    options.http.threads = 1;
    options.database_threads = 1;
    start(options);
    Client client(server_->port());
    client.send(get("/shows/1/recommendations"));
    EXPECT_THAT(client.answer(), AllOf(HasSubstr("HTTP/1.1 503"), HasSubstr("Retry-After: 1\r\n"),
                                       HasSubstr("The server is busy")));
    EXPECT_EQ(database_.lists_read, 0);
}

// Reads what tells reasons until it is told to end; who asks for reasons waits.
class UnpreparedQueries final : public QueryAnswerer {
  public:
    void prepare(const Generation&, PublishedReader&) override {
        preparing.count_down();
        end.wait();
    }
    QueryAnswer answer(const Query&, PublishedReader&) override { return {}; }
    void explain(ShowId, ExplainedList&, PublishedReader&) override { end.wait(); }
    CatalogueOverview overview(PublishedReader&) override { return {}; }
    std::vector<ShowFacts> search(std::string_view, std::size_t, PublishedReader&) override { return {}; }
    PublishedIds ids(PublishedReader&) override { return {}; }

    std::latch preparing{1};
    std::latch end{1};
};

class Unprepared : public RunningServer {
  protected:
    ~Unprepared() override { stop(); }
    UnpreparedQueries queries_;
};

TEST_F(Unprepared, lists_of_a_generation_that_is_being_read_hold_nothing_else_up) {
    ServeOptions options;
    options.http.threads = 1;
    options.queries = &queries_;
    start(options);
    queries_.preparing.wait();
    Client first(server_->port());
    Client second(server_->port());
    first.send(get("/shows/1/recommendations"));
    second.send(get("/shows/1/recommendations?n=1"));
    Client watching(server_->port());
    std::string metrics;
    do {  // until a list waits beside what is read
        watching.send(get("/livez") + get("/readyz") + get("/metrics"));
        EXPECT_THAT(watching.answer(), HasSubstr("alive"));
        EXPECT_THAT(watching.answer(), HasSubstr("ready"));
        metrics = watching.answer();
    } while (metrics.find("bingefriend_database_readers{state=\"in_use\"} 1\n") != std::string::npos);
    watching.send(get("/livez"));
    EXPECT_THAT(watching.answer(), HasSubstr("alive"));
    queries_.end.count_down();
    EXPECT_THAT(first.answer(), HasSubstr("\"count\":2"));
    EXPECT_THAT(second.answer(), HasSubstr("\"count\":1"));
}

}  // namespace
}  // namespace bingefriend
