// Looks through what is published, at a low priority: once per generation, then once a day.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <stop_token>

#include "serve/publication.hpp"
#include "serve/readers.hpp"

namespace bingefriend {

class GenerationCheck {
  public:
    // Takes at most `share` of a core.
    GenerationCheck(Publication& publication, ReaderFactory open, double share = 0.05)
        : publication_(publication), source_(std::move(open)), share_(share) {}

    // Looks, logs what was found, and waits, until it is told to stop.
    void run(const std::stop_token& stop) noexcept;

    // Looks through this generation once; false where the database could not be asked.
    bool look_through(const Generation& generation, const std::stop_token& stop) noexcept;

    // Of the last look that came to its end: whether it found damage, and when that was, in seconds since 1970;
    // 0: none has.  Any thread.
    [[nodiscard]] bool damaged() const noexcept { return damaged_; }
    [[nodiscard]] double looked_at() const noexcept { return looked_at_; }

  private:
    void conclude(const Verification& found);

    Publication& publication_;
    ReaderSource source_;
    double share_;
    std::atomic<bool> damaged_ = false;
    std::atomic<double> looked_at_ = 0;
};

}  // namespace bingefriend
