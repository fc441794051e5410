// So many calls in any stretch of time, however many threads call and however often the program is started.
//
// The times of the last calls stand in a small file, written before each call, so a killed program that is
// started again keeps to the limit too.  A sliding window, not a bucket: a bucket lets through twice its
// size around a refill.
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

// Used by many threads.
class RateLimit {
  public:
    // At most `calls` in any `period`.  Without a file the limit ends with the process.
    // Throws Error{unavailable} where the file cannot be used.
    RateLimit(std::size_t calls, std::chrono::milliseconds period, const std::filesystem::path& file = {},
              Clock clock = real_clock());
    RateLimit(const RateLimit&) = delete;
    RateLimit& operator=(const RateLimit&) = delete;
    ~RateLimit();

    // Waits until a call may be made and counts it; returns uncounted where it is asked to stop.
    void wait(const std::stop_token& stop = {});

    // No call for so long: what a 429 says.
    void hold(std::chrono::milliseconds length);

    [[nodiscard]] std::chrono::milliseconds period() const noexcept { return period_; }

  private:
    [[nodiscard]] std::int64_t now() const;
    [[nodiscard]] std::int64_t delay(std::int64_t now);
    void set(std::size_t slot, std::int64_t milliseconds);

    std::chrono::milliseconds period_;
    Clock clock_;
    std::mutex mutex_;  // guards the slots
    // Milliseconds since 1970.  Slot 0: no call before; the others: the last calls, in a ring.
    std::vector<std::int64_t> slots_;
    std::size_t oldest_ = 1;
    int file_ = -1;
};

}  // namespace bingefriend
