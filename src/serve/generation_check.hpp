// Compares all that the published generation stores with its checksums, at a low priority, while the server
// answers.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

#include "serve/publication.hpp"
#include "serve/readers.hpp"

namespace bingefriend {

class GenerationCheck {
  public:
    struct Settings {
        std::chrono::steady_clock::duration looks_every = std::chrono::seconds(1);  // for another generation
        std::chrono::steady_clock::duration again_after = std::chrono::hours(24);
        std::chrono::steady_clock::duration retries_after =
            std::chrono::minutes(1);  // if the database was away
        double share = 0.05;          // of a core, at most
    };

    GenerationCheck(Publication& publication, ReaderFactory open)
        : GenerationCheck(publication, std::move(open), Settings()) {}
    GenerationCheck(Publication& publication, ReaderFactory open, Settings settings)
        : publication_(publication), source_(std::move(open)), settings_(settings) {}

    // Checks each generation once when it is published, and then again and again, until `stop`.  Lowers the
    // priority of the calling thread.
    void run(const std::stop_token& stop) noexcept;

    // Of the last check that was completed: whether it found damage, and when it was, in seconds since 1970;
    // 0: none. Thread-safe.
    [[nodiscard]] bool found_damage() const noexcept { return found_damage_; }
    [[nodiscard]] double checked_at() const noexcept { return checked_at_; }

  private:
    [[nodiscard]] bool check(const Published& published, const std::stop_token& stop) noexcept;
    [[nodiscard]] bool is_current(const Published& published);
    void report(const Verification& found);

    Publication& publication_;
    ReaderSource source_;
    const Settings settings_;
    std::atomic<bool> found_damage_ = false;
    std::atomic<double> checked_at_ = 0;
};

}  // namespace bingefriend
