#include "serve/generation_check.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>

#include "base/times.hpp"

namespace bingefriend {
namespace {

using CheckClock = std::chrono::steady_clock;

// Between two pieces of work.  On a busy machine a piece takes long for little work: a check is to end there,
// too.
constexpr std::chrono::duration<double> longest_pause{0.2};

void pause(CheckClock::duration time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, time, [] { return false; });
}

// Every other thread goes before this one.
void take_lowest_priority() {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);
}

}  // namespace

void GenerationCheck::run(const std::stop_token& stop) noexcept {
    take_lowest_priority();
    std::shared_ptr<const Published> checked;
    CheckClock::time_point next;
    // The first pause lets the server read what its answers need.
    for (pause(settings_.looks_every, stop); !stop.stop_requested(); pause(settings_.looks_every, stop)) {
        const std::shared_ptr<const Published> now = publication_.now();
        if (!now->generation || (now == checked && CheckClock::now() < next)) {
            continue;
        }
        const bool is_done = check(*now, stop);
        checked = now;
        next = CheckClock::now() + (is_done ? settings_.again_after : settings_.retries_after);
    }
}

bool GenerationCheck::check(const Published& published, const std::stop_token& stop) noexcept {
    CheckClock::time_point resumed = CheckClock::now();
    const auto may_go_on = [&] {
        const std::chrono::duration<double> worked = CheckClock::now() - resumed;
        pause(std::chrono::duration_cast<CheckClock::duration>(
                  std::min(worked * (1 / settings_.share - 1), longest_pause)),
              stop);
        resumed = CheckClock::now();
        return !stop.stop_requested();
    };
    try {
        const Verification found = source_.reader().verify(published.number(), may_go_on);
        // What was read of another database meanwhile is no damage.
        if (found.result != Verification::Result::damaged || is_current(published)) {
            report(found);
        }
        return true;
    } catch (const std::exception& error) {
        source_.discard();
        spdlog::warn("generation {} could not be verified: {}", published.number(), error.what());
        return false;
    }
}

bool GenerationCheck::is_current(const Published& published) {
    publication_.probe();
    const std::shared_ptr<const Published> now = publication_.now();
    return now->generation && same_generation(*now->generation, *published.generation);
}

void GenerationCheck::report(const Verification& found) {
    using Result = Verification::Result;
    if (found.result == Result::whole) {
        spdlog::info("generation {} matches its checksums: {} shows, {} recommendations", found.generation,
                     found.shows, found.recommendations);
    } else if (found.result == Result::damaged) {
        spdlog::error(
            "generation {} does not match its checksums: restore a copy, or run `bingefriend pipeline`",
            found.generation);
        for (const std::string& fault : found.faults) {
            spdlog::error("generation {}: {}", found.generation, fault);
        }
    } else {
        return;
    }
    found_damage_ = found.result == Result::damaged;
    checked_at_ = seconds_since_1970();
}

}  // namespace bingefriend
