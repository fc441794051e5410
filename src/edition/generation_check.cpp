#include "edition/generation_check.hpp"

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
constexpr std::chrono::duration<double> max_pause{0.2};

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
    std::uint64_t checked = 0;  // the id of an edition
    CheckClock::time_point next;
    // The first pause lets the server read its first edition.
    for (pause(settings_.looks_every, stop); !stop.stop_requested(); pause(settings_.looks_every, stop)) {
        std::shared_ptr<const Edition> edition = editions_.current();
        if (!edition->generation() || (edition->id() == checked && CheckClock::now() < next)) {
            continue;
        }
        checked = edition->id();
        const Generation generation = *edition->generation();
        edition.reset();  // a check takes minutes
        const bool is_done = check(generation, stop);
        next = CheckClock::now() + (is_done ? settings_.again_after : settings_.retries_after);
    }
}

bool GenerationCheck::check(const Generation& generation, const std::stop_token& stop) noexcept {
    CheckClock::time_point resumed = CheckClock::now();
    const auto may_go_on = [&] {
        const std::chrono::duration<double> worked = CheckClock::now() - resumed;
        pause(std::chrono::duration_cast<CheckClock::duration>(
                  std::min(worked * (1 / settings_.share - 1), max_pause)),
              stop);
        resumed = CheckClock::now();
        return !stop.stop_requested();
    };
    try {
        const Verification found = reader_.verify(generation.number, may_go_on);
        // Data of another database that was read meanwhile is not damage.
        if (found.result != Verification::Result::damaged || is_current(generation)) {
            report(found);
        }
        return true;
    } catch (const std::exception& error) {
        spdlog::warn("generation {} could not be verified: {}", generation.number, error.what());
        return false;
    }
}

bool GenerationCheck::is_current(const Generation& generation) {
    const std::shared_ptr<const Edition> now = editions_.look();
    return now->generation() && same_generation(*now->generation(), generation);
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
