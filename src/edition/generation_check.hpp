// Verifies the published generation in the background: compares all that it stores with its checksums.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

#include "edition/watcher.hpp"

namespace bingefriend {

class GenerationCheck {
  public:
    struct Settings {
        std::chrono::steady_clock::duration looks_every = std::chrono::seconds(1);  // for another edition
        std::chrono::steady_clock::duration again_after = std::chrono::hours(24);
        std::chrono::steady_clock::duration retries_after =
            std::chrono::minutes(1);  // if the database was unavailable
        double share = 0.05;          // of a core, at most
    };

    // The reader and the watcher outlive the check.
    GenerationCheck(EditionWatcher& editions, PublishedReader& reader)
        : GenerationCheck(editions, reader, Settings()) {}
    GenerationCheck(EditionWatcher& editions, PublishedReader& reader, Settings settings)
        : editions_(editions), reader_(reader), settings_(settings) {}

    // Checks each edition once, and then again after a time, until `stop`.  Lowers the priority of the
    // calling thread.
    void run(const std::stop_token& stop) noexcept;

    // Of the last check that was completed: whether it found damage, and when it was, in seconds since 1970;
    // 0: none. Thread-safe.
    [[nodiscard]] bool found_damage() const noexcept { return found_damage_; }
    [[nodiscard]] double checked_at() const noexcept { return checked_at_; }

  private:
    [[nodiscard]] bool check(const Generation& generation, const std::stop_token& stop) noexcept;
    [[nodiscard]] bool is_current(const Generation& generation);
    void report(const Verification& found);

    EditionWatcher& editions_;
    PublishedReader& reader_;
    const Settings settings_;
    std::atomic<bool> found_damage_ = false;
    std::atomic<double> checked_at_ = 0;
};

}  // namespace bingefriend
