// The requests that wait for the database: whoever asks it next asks for many at once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include "serve/network.hpp"
#include "serve/respond.hpp"
#include "serve/service.hpp"

namespace bingefriend {

// Any thread.  Is destroyed before the executors of those who wait.
class AnswerQueue {
  public:
    // The database is asked on `executor`, by at most `at_once` of its threads at a time.
    AnswerQueue(Service& service, boost::asio::any_io_executor executor, std::size_t at_once)
        : service_(service), executor_(std::move(executor)), at_once_(at_once) {}

    // What the database answers, or that the server is busy where its turn came too late.
    [[nodiscard]] Awaitable<Response> answer(Exchange& exchange);

  private:
    using Done = Continuation<Response>;
    struct Waiting {
        Exchange* exchange;
        std::chrono::steady_clock::time_point since;
        Done done;
    };
    static void go_on(Waiting waiting, Response answer);
    void push(Waiting waiting);
    void answer_some();
    [[nodiscard]] std::vector<Waiting> taken();

    Service& service_;
    const boost::asio::any_io_executor executor_;
    const std::size_t at_once_;
    std::mutex mutex_;
    std::deque<Waiting> waiting_;
    std::size_t at_work_ = 0;
};

}  // namespace bingefriend
