// Test clock: advances only by sleep and records the pauses.
#pragma once

#include <chrono>
#include <mutex>
#include <vector>

#include "net/clock.hpp"

namespace bingefriend {

class FakeClock {
  public:
    FakeClock() = default;
    FakeClock(const FakeClock&) = delete;
    FakeClock& operator=(const FakeClock&) = delete;

    // REQUIRES: this outlives the result.
    [[nodiscard]] Clock clock() {
        return {[this] {
                    const std::lock_guard lock(mutex_);
                    return now_;
                },
                [this](std::chrono::milliseconds length, const std::stop_token&) {
                    const std::lock_guard lock(mutex_);
                    now_ += length;
                    pauses_.push_back(length);
                },
                [] { return 0.5; }};
    }

    [[nodiscard]] std::vector<std::chrono::milliseconds> pauses() const {
        const std::lock_guard lock(mutex_);
        return pauses_;
    }
    [[nodiscard]] std::chrono::system_clock::time_point now() const {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    void set_back(std::chrono::milliseconds by) {
        const std::lock_guard lock(mutex_);
        now_ -= by;
    }

  private:
    mutable std::mutex mutex_;
    std::chrono::system_clock::time_point now_{std::chrono::seconds(1'800'000'000)};
    std::vector<std::chrono::milliseconds> pauses_;
};

}  // namespace bingefriend
