// Time and randomness of the network layer: a value, so that tests do not wait.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace bingefriend {

struct Clock {
    // The time of day, not a steady clock: the rate limit's file outlives the process.
    std::function<std::chrono::system_clock::time_point()> now;
    // Returns early if a stop is requested.
    std::function<void(std::chrono::milliseconds, const std::stop_token&)> sleep;
    // Uniform in [0, 1). Thread-safe.
    std::function<double()> random;
};

[[nodiscard]] Clock real_clock();

}  // namespace bingefriend
