// What the server knows of the published generation and of the database, without asking it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/published.hpp"
#include "serve/readers.hpp"

namespace bingefriend {

struct Published {
    std::optional<Generation> generation;  // none where nothing is published
    std::uint64_t seed = 0;                // of the tags: differs where the answers may

    [[nodiscard]] std::int64_t number() const { return generation ? generation->number : 0; }
    // Whether this is of another database than an earlier one, or the same number stands for another
    // generation.
    [[nodiscard]] bool replaces(const Published& earlier) const;
    // The ETag of what a target (in its canonical form) answers: W/"GENERATION-HASH".
    [[nodiscard]] std::string tag(std::string_view target) const;
};

// Any thread.
class Publication {
  public:
    Publication(ReaderFactory open, std::string version)
        : source_(std::move(open)), version_(std::move(version)) {}

    // Asks the database, on a reader of its own; may block as long as that does.  Never throws.
    void probe() noexcept;

    // The same, unless that was done a moment ago.
    void refresh() noexcept;

    // What the last probe that reached the database found; nothing published before the first one.  Never
    // waits for the database.
    [[nodiscard]] std::shared_ptr<const Published> now();

    // Waits for the end of the first probe, at most so long.
    void wait_for_first_probe(std::chrono::milliseconds at_most);

    // Whether the last probe failed.  What is known stays known.
    [[nodiscard]] bool away() const noexcept { return away_; }

  private:
    // Opens a connection for this once a second at most, however often clients have the database probed.
    [[nodiscard]] std::optional<Generation> read_current();

    ReaderSource source_;
    std::string version_;
    std::mutex probing_;  // guards next_new_connection_
    std::chrono::steady_clock::time_point next_new_connection_;
    std::mutex mutex_;  // guards known_ and probed_
    std::shared_ptr<const Published> known_ = std::make_shared<const Published>();
    bool probed_ = false;
    std::condition_variable first_probe_;
    std::atomic<std::chrono::steady_clock::rep> probed_at_ = 0;
    std::atomic<bool> away_ = false;
};

}  // namespace bingefriend
