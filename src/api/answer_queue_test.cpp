// Many requests wait for the database at once.
#include <gmock/gmock.h>

#include <latch>
#include <memory>
#include <vector>

#include "api/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Queue : public RunningServer {
  protected:
    // One thread asks the database and is at it until go_on; what is asked meanwhile waits.
    void start_and_keep_busy(ServeOptions options = {}) {
        options.http.threads = 1;
        options.database_threads = 1;
        database_.before_lists = [this, first = true]() mutable {
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

// Building an edition waits in the middle.
class SlowEdition : public RunningServer {
  protected:
    ~SlowEdition() override { stop(); }
    void build_slowly() {
        database_.before_features = [this] {
            building_.count_down();
            end_.wait();
        };
    }
    void expect_no_delay() {
        Client client(server_->port());
        client.send(get("/livez") + get("/readyz") + get("/metrics"));
        EXPECT_THAT(client.answer(), HasSubstr("alive"));
        EXPECT_THAT(client.answer(), HasSubstr("ready"));
        EXPECT_THAT(client.answer(), HasSubstr("bingefriend_"));
    }

    std::latch building_{1};
    std::latch end_{1};
};

TEST_F(SlowEdition, is_waited_for_by_the_first_requests_and_by_nothing_else) {
    build_slowly();
    start({.http = {.threads = 1}});
    building_.wait();
    std::vector<std::unique_ptr<Client>> clients;
    for (const char* target :
         {"/recommendations/health", "/recommendations/health", "/shows/1/recommendations"}) {
        clients.push_back(std::make_unique<Client>(server_->port()));
        clients.back()->send(get(target));
    }
    Client watching(server_->port());
    do {  // until the list waits behind the two that wait for the edition
        watching.send(get("/metrics"));
    } while (watching.answer().find("bingefriend_database_waiting_requests 1\n") == std::string::npos);
    expect_no_delay();
    end_.count_down();
    EXPECT_THAT(clients[0]->answer(), HasSubstr("healthy"));
    EXPECT_THAT(clients[1]->answer(), HasSubstr("healthy"));
    EXPECT_THAT(clients[2]->answer(), HasSubstr("\"count\":2"));
}

// Only search and pages need the names, which take longer to read than the rest of an edition.
TEST_F(SlowEdition, answers_lists_while_the_names_of_the_first_edition_are_read) {
    database_.before_ids = [this] {
        building_.count_down();
        end_.wait();
    };
    start({.http = {.threads = 1}});
    building_.wait();
    Client client(server_->port());
    client.send(get("/shows/1/recommendations") + get("/readyz"));
    EXPECT_THAT(client.answer(), HasSubstr("\"count\":2"));
    EXPECT_THAT(client.answer(), HasSubstr("\"ready\""));
    Client searching(server_->port());
    searching.send(get("/shows/search?q=utopia"));
    expect_no_delay();
    end_.count_down();
    EXPECT_THAT(searching.answer(), HasSubstr("\"count\":1"));
}

TEST_F(SlowEdition, delays_no_request_that_the_one_before_answers) {
    database_.stored[4] = database_.stored[3];
    build_slowly();
    database_.before_features = [first = true, slow = database_.before_features]() mutable {
        if (!std::exchange(first, false)) {
            slow();
        }
    };
    database_.before_lists = [this, first = true]() mutable {
        if (std::exchange(first, false)) {
            database_.generation->number = 4;
        }
    };
    start({.http = {.threads = 1}, .watch_period = std::chrono::milliseconds(1)});
    Client client(server_->port());
    client.send(get("/shows/1/recommendations"));
    EXPECT_THAT(client.answer(), HasSubstr("\"3-"));
    building_.wait();
    client.send(get("/shows/1/recommendations?n=1"));
    EXPECT_THAT(client.answer(), AllOf(HasSubstr("\"3-"), HasSubstr("\"count\":1")));
    expect_no_delay();
    end_.count_down();
}

}  // namespace
}  // namespace bingefriend
