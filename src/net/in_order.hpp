// Runs numbered tasks in several threads and returns their results in order.
//
//   InOrder<std::string> pages(4, settings, [&](std::size_t page, HttpClient& client) { ... });
//   for (;;) { use(pages.next()); }
//
// At most `in_flight` tasks run or wait for their results to be taken, so memory is bounded.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "net/http_client.hpp"

namespace bingefriend {

template <typename Result>
class InOrder {
  public:
    // Called for 0, 1, 2, ... from several threads, each with its own client.
    using Work = std::function<Result(std::size_t number, HttpClient& client)>;

    static constexpr std::size_t no_end = std::numeric_limits<std::size_t>::max();

    // Runs the numbers below `end`.
    InOrder(std::size_t in_flight, const HttpSettings& settings, Work work, std::size_t end = no_end)
        : in_flight_(in_flight), work_(std::move(work)), end_(end) {
        threads_.reserve(in_flight);
        for (std::size_t i = 0; i < in_flight; ++i) {
            threads_.emplace_back([this, settings](const std::stop_token& stop) { run(settings, stop); });
        }
    }
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;
    ~InOrder() {  // stops what is in flight
        for (std::jthread& thread : threads_) {
            thread.request_stop();
        }
    }

    // Moves the end to `end` if that is later.
    void extend(std::size_t end) {
        const std::lock_guard lock(mutex_);
        end_ = std::max(end_, end);
        changed_.notify_all();
    }

    // Returns the result of the next number, or throws what its work threw. REQUIRES: the number is below the
    // end.
    [[nodiscard]] Result next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return done_.contains(given_); });
        Outcome outcome = std::move(done_.extract(given_).mapped());
        ++given_;
        changed_.notify_all();
        if (outcome.failure) {
            std::rethrow_exception(outcome.failure);
        }
        return std::move(*outcome.result);
    }

  private:
    struct Outcome {
        std::optional<Result> result;
        std::exception_ptr failure;
    };

    void run(const HttpSettings& settings, const std::stop_token& stop) {
        HttpClient client(settings, stop);
        while (const std::optional<std::size_t> number = begin(stop)) {
            Outcome outcome;
            try {
                outcome.result = work_(*number, client);
            } catch (...) {
                outcome.failure = std::current_exception();
            }
            const std::lock_guard lock(mutex_);
            done_.emplace(*number, std::move(outcome));
            changed_.notify_all();
        }
    }

    // Returns the next number to run; empty if stopped.
    std::optional<std::size_t> begin(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        const bool ready =
            changed_.wait(lock, stop, [this] { return started_ < end_ && started_ < given_ + in_flight_; });
        return ready && !stop.stop_requested() ? std::optional(started_++) : std::nullopt;
    }

    std::size_t in_flight_;
    Work work_;
    std::mutex mutex_;  // guards the members below
    std::condition_variable_any changed_;
    std::size_t end_;
    std::size_t started_ = 0;
    std::size_t given_ = 0;
    std::map<std::size_t, Outcome> done_;
    std::vector<std::jthread> threads_;  // last, so that they end before the members they use
};

}  // namespace bingefriend
