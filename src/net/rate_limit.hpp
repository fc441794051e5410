// Limits the calls per period, for all threads together and across restarts.
//
// A small file has the times of the last calls. It is written before each call, so a program that is killed
// and started again keeps the limit. This is a sliding window: a token bucket would allow twice its size
// around a refill.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <vector>

#include "net/clock.hpp"

namespace bingefriend {

// Thread-safe.
class RateLimit {
  public:
    // Allows `calls` in any `period`. Without a file, the limit ends with the process.
    // Throws Error{unavailable} if the file cannot be used.
    RateLimit(std::size_t calls, std::chrono::milliseconds period, const std::filesystem::path& file = {},
              Clock clock = real_clock());
    RateLimit(const RateLimit&) = delete;
    RateLimit& operator=(const RateLimit&) = delete;
    ~RateLimit();

    // Waits until a call is allowed and counts it. If a stop is requested, it returns without counting.
    void wait(const std::stop_token& stop = {});

    // Allows no call for `length`, as after a 429.
    void hold(std::chrono::milliseconds length);

    [[nodiscard]] std::chrono::milliseconds period() const noexcept { return period_; }

  private:
    [[nodiscard]] std::int64_t now() const;
    [[nodiscard]] std::int64_t delay(std::int64_t now);
    void set(std::size_t slot, std::int64_t milliseconds);

    std::chrono::milliseconds period_;
    Clock clock_;
    std::mutex mutex_;  // guards the slots
    // Milliseconds since 1970. Slot 0: no call before this time. The others: a ring of the last calls.
    std::vector<std::int64_t> slots_;
    std::size_t oldest_ = 1;
    int file_ = -1;
};

}  // namespace bingefriend
