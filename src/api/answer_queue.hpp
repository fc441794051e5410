// Requests that wait for a thread.  There are two kinds of queues: of indexed reads, whose lists are read in
// batches, and of computed responses, which is bounded and has its own threads.
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

#include "api/respond.hpp"
#include "api/service.hpp"
#include "http/handler.hpp"

namespace bingefriend {

// Thread-safe.  Destroy it before the executors of the waiting requests.
class AnswerQueue {
  public:
    static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

    // Answers requests on `executor`, on at most `at_once` of its threads at a time.  At most `capacity`
    // requests wait; `waiting` counts them.  Requests that would wait for another edition go to `patient`, if
    // it is set.
    AnswerQueue(Service& service, boost::asio::any_io_executor executor, std::size_t at_once,
                std::atomic<std::uint64_t>& waiting, std::size_t capacity = unbounded,
                AnswerQueue* patient = nullptr)
        : service_(service),
          executor_(std::move(executor)),
          at_once_(at_once),
          capacity_(capacity),
          patient_(patient),
          count_(waiting) {}

    // Reserves a place for one request.  False if the queue is full.
    [[nodiscard]] bool reserve_place();

    // Takes a place even if the queue is full: for the next chunk of a response.
    void take_place();

    // The response or its next chunk.  503 if the request waited too long.  REQUIRES: a place was taken.
    [[nodiscard]] Awaitable<Response> answer(Exchange& exchange);

  private:
    using Done = Continuation<Response>;
    struct Waiting {
        Exchange* exchange;
        std::chrono::steady_clock::time_point since;
        Done done;
    };
    static void resume(Waiting waiting, Response answer);
    void push(Waiting waiting);
    void answer_batch();
    [[nodiscard]] std::vector<Waiting> pop_batch();

    Service& service_;
    const boost::asio::any_io_executor executor_;
    const std::size_t at_once_;
    const std::size_t capacity_;
    AnswerQueue* const patient_;
    std::atomic<std::uint64_t>& count_;
    std::mutex mutex_;          // protects the rest
    std::size_t reserved_ = 0;  // places of requests that wait or are about to
    std::deque<Waiting> waiting_;
    std::size_t active_workers_ = 0;
};

}  // namespace bingefriend
