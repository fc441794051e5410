// Numbered pieces of work, a few at a time, whose results come out in order.
//
//   InOrder<std::string> pages(4, settings, [&](std::size_t page, HttpClient& client) { ... });
//   for (;;) { use(pages.next()); }
//
// At most `in_flight` results are under way or waiting, however slow their user is: memory stays flat.
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
    // Called from many threads, each with a client of its own, for 0, 1, 2, ...
    using Work = std::function<Result(std::size_t number, HttpClient& client)>;

    static constexpr std::size_t no_end = std::numeric_limits<std::size_t>::max();

    // Works on the numbers below `end`.
    InOrder(std::size_t in_flight, const HttpSettings& settings, Work work, std::size_t end = no_end)
        : in_flight_(in_flight), work_(std::move(work)), end_(end) {
        threads_.reserve(in_flight);
        for (std::size_t i = 0; i < in_flight; ++i) {
            threads_.emplace_back([this, settings](const std::stop_token& stop) { run(settings, stop); });
        }
    }
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;
    ~InOrder() {  // what is under way is broken off
        for (std::jthread& thread : threads_) {
            thread.request_stop();
        }
    }

    // Lets the work go on to `end`, where that is later.
    void extend(std::size_t end) {
        const std::lock_guard lock(mutex_);
        end_ = std::max(end_, end);
        changed_.notify_all();
    }

    // The result of the next number; throws what its work threw.  REQUIRES: the number lies below the end.
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

    // The next number to work on; none where it is stopped.
    std::optional<std::size_t> begin(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        const bool ready =
            changed_.wait(lock, stop, [this] { return started_ < end_ && started_ < given_ + in_flight_; });
        return ready && !stop.stop_requested() ? std::optional(started_++) : std::nullopt;
    }

    std::size_t in_flight_;
    Work work_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable_any changed_;
    std::size_t end_;
    std::size_t started_ = 0;
    std::size_t given_ = 0;
    std::map<std::size_t, Outcome> done_;
    std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace bingefriend
