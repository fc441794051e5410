#include "net/clock.hpp"

#include <condition_variable>
#include <mutex>
#include <random>

namespace bingefriend {

Clock real_clock() {
    return {[] { return std::chrono::system_clock::now(); },
            [](std::chrono::milliseconds length, const std::stop_token& stop) {
                std::mutex mutex;
                std::condition_variable_any never;
                std::unique_lock lock(mutex);
                never.wait_for(lock, stop, length, [] { return false; });
            },
            [] {
                thread_local std::minstd_rand random{std::random_device{}()};
                return std::uniform_real_distribution<double>(0, 1)(random);
            }};
}

}  // namespace bingefriend
