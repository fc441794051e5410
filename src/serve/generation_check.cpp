#include "serve/generation_check.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "serve/times.hpp"

namespace bingefriend {
namespace {

using LookClock = std::chrono::steady_clock;

void wait(std::chrono::duration<double> time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

void GenerationCheck::run(const std::stop_token& stop) noexcept {
    constexpr auto pause = std::chrono::seconds(1);  // also: what is published first is answered from first
    constexpr auto again_after = std::chrono::hours(24);
    ::setpriority(PRIO_PROCESS, 0, 19);  // of this thread
    constexpr auto patience = std::chrono::minutes(1);
    std::shared_ptr<const Published> seen;
    LookClock::time_point at;
    for (wait(pause, stop); !stop.stop_requested(); wait(pause, stop)) {
        const std::shared_ptr<const Published> now = publication_.now();
        if (!now->generation || (now == seen && LookClock::now() - at < again_after)) {
            continue;
        }
        if (look_through(*now->generation, stop)) {
            seen = now;
            at = LookClock::now();
        } else {
            wait(patience, stop);
        }
    }
}

bool GenerationCheck::look_through(const Generation& generation, const std::stop_token& stop) noexcept {
    LookClock::time_point resumed = LookClock::now();
    const auto may_go_on = [&] {
        const std::chrono::duration<double> worked = LookClock::now() - resumed;
        wait(worked * (1 / share_ - 1), stop);
        resumed = LookClock::now();
        return !stop.stop_requested();
    };
    try {
        conclude(source_.reader().verify(generation.number, may_go_on));
        return true;
    } catch (const std::exception& error) {
        source_.discard();
        spdlog::warn("generation {} could not be looked through: {}", generation.number, error.what());
        return false;
    }
}

void GenerationCheck::conclude(const Verification& found) {
    using Result = Verification::Result;
    if (found.result == Result::whole) {
        spdlog::info("generation {} holds what was written: {} shows, {} recommendations", found.generation, found.shows,
                     found.recommendations);
    } else if (found.result == Result::damaged) {
        for (const std::string& fault : found.faults) {
            spdlog::error("generation {}: {}", found.generation, fault);
        }
    } else {
        return;
    }
    damaged_ = found.result == Result::damaged;
    looked_at_ = seconds_since_1970();
}

}  // namespace bingefriend
