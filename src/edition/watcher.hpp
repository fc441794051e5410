// Follows the published generation: builds the next edition on the side and swaps it in.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "edition/edition.hpp"

namespace bingefriend {

// Thread-safe.
class EditionWatcher {
  public:
    // The reader outlives the watcher.  Calls `after_swap` each time another edition is current.
    EditionWatcher(PublishedReader& reader, EditionSettings settings, std::function<void()> after_swap);

    // Looks every `period` until `stop`.  The first edition is current before its names are read, later ones
    // only after that.
    void run(const std::stop_token& stop, std::chrono::milliseconds period) noexcept;

    // Reads which generation is published, builds its edition if it is not the current one, and returns the
    // current edition. Blocks as long as the database does, and while another thread builds.
    std::shared_ptr<const Edition> look() noexcept;

    // The same, but does not look if the last look ended a moment ago.
    std::shared_ptr<const Edition> refresh() noexcept;

    // Waits for the end of the first look, at most so long.
    void wait_for_first_look(std::chrono::milliseconds at_most);

    // The edition of the last look that reached the database; of nothing published before the first one.
    // Never waits for the database.
    [[nodiscard]] std::shared_ptr<const Edition> current() const;

    // Whether a look has reached the database.  An edition of nothing published is certain only then.
    [[nodiscard]] bool has_looked() const noexcept { return has_looked_; }

    // Whether the last look failed.
    [[nodiscard]] bool last_look_failed() const noexcept { return last_look_failed_; }

  private:
    [[nodiscard]] std::optional<Generation> read_current();
    void follow();
    [[nodiscard]] std::shared_ptr<const Edition> build(Generation generation);
    void prepare_search() noexcept;
    void swap_in(std::shared_ptr<const Edition> next);

    PublishedReader& reader_;
    const EditionSettings settings_;
    const std::function<void()> after_swap_;
    const std::shared_ptr<CacheLookups> lookups_ = std::make_shared<CacheLookups>();  // of all editions
    std::mutex looking_;  // guards logged_failure_ and next_new_connection_
    bool logged_failure_ = false;
    std::chrono::steady_clock::time_point next_new_connection_;
    mutable std::mutex mutex_;  // guards current_ and looked_once_
    std::shared_ptr<const Edition> current_;
    bool looked_once_ = false;
    std::condition_variable first_look_;
    std::atomic<std::chrono::steady_clock::rep> looked_at_ = 0;
    std::atomic<bool> has_looked_ = false;
    std::atomic<bool> last_look_failed_ = false;
};

// Whether `now` is another database than that of `before`, or the same number stands for another generation.
[[nodiscard]] bool replaces(const std::optional<Generation>& now, const std::optional<Generation>& before);

}  // namespace bingefriend
