// Time and chance as the network layer sees them: a value, so that tests need not wait.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace bingefriend {

struct Clock {
    // The time of day, because the times of calls outlive the process.
    std::function<std::chrono::system_clock::time_point()> now;
    // Returns early where it is asked to stop.
    std::function<void(std::chrono::milliseconds, const std::stop_token&)> sleep;
    // Evenly spread from 0 up to, not with, 1; asked from many threads.
    std::function<double()> chance;
};

[[nodiscard]] Clock real_clock();

}  // namespace bingefriend
