// Requests that wait for a thread to answer them.  There are two kinds of queues: of indexed reads, whose
// lists are read many at once, and of computed answers, which is bounded and has threads of its own.
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "http/handler.hpp"
#include "serve/respond.hpp"
#include "serve/service.hpp"

namespace bingefriend {

// Thread-safe.  Is destroyed before the executors of those who wait.
class AnswerQueue {
  public:
    static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

    // Requests are answered on `executor`, by at most `at_once` of its threads at a time; at most `capacity`
    // wait. `waiting` counts them.  Those that would wait for another generation are passed on to `patient`,
    // if there is one.
    AnswerQueue(Service& service, boost::asio::any_io_executor executor, std::size_t at_once,
                std::atomic<std::uint64_t>& waiting, std::size_t capacity = unbounded,
                AnswerQueue* patient = nullptr)
        : service_(service),
          executor_(std::move(executor)),
          at_once_(at_once),
          capacity_(capacity),
          patient_(patient),
          count_(waiting) {}

    // Whether there is a place for one more request, which is then the caller's.
    [[nodiscard]] bool reserve_place();

    // The same, even if the queue is full: for the next piece of an answer that was begun.
    void take_place();

    // The answer or its next piece; 503 if the request waited in the queue for too long.
    // REQUIRES: a place was taken.
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
    const std::size_t capacity_;
    AnswerQueue* const patient_;
    std::atomic<std::uint64_t>& count_;
    std::mutex mutex_;          // guards what follows
    std::size_t reserved_ = 0;  // places of those who wait, or are about to
    std::deque<Waiting> waiting_;
    std::size_t at_work_ = 0;
};

}  // namespace bingefriend
