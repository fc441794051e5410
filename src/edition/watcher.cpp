#include "edition/watcher.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace bingefriend {
namespace {

using Clock = std::chrono::steady_clock;

bool is_same(const std::optional<Generation>& a, const std::optional<Generation>& b) {
    return a && b ? same_generation(*a, *b) : a.has_value() == b.has_value();
}

}  // namespace

EditionWatcher::EditionWatcher(PublishedReader& reader, EditionSettings settings,
                               std::function<void()> after_swap)
    : reader_(reader),
      settings_(std::move(settings)),
      after_swap_(std::move(after_swap)),
      current_(std::make_shared<const Edition>(settings_, lookups_)) {}

void EditionWatcher::run(const std::stop_token& stop, std::chrono::milliseconds period) noexcept {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        look();
        prepare_search();
        stopped.wait_for(lock, stop, period, [] { return false; });
    }
}

std::shared_ptr<const Edition> EditionWatcher::look() noexcept {
    const std::scoped_lock one_at_a_time(looking_);
    try {
        follow();
        has_looked_ = true;
        last_look_failed_ = false;
        if (std::exchange(logged_failure_, false)) {
            spdlog::info("the database answers again");
        }
    } catch (const std::exception& error) {
        last_look_failed_ = true;
        if (!std::exchange(logged_failure_, true)) {
            spdlog::warn("the database is unavailable: {}", error.what());
        }
    }
    looked_at_ = Clock::now().time_since_epoch().count();
    const std::scoped_lock lock(mutex_);
    looked_once_ = true;
    first_look_.notify_all();
    return current_;
}

void EditionWatcher::follow() {
    constexpr int attempts = 3;
    for (int attempt = 1;; ++attempt) {
        std::optional<Generation> published = read_current();
        if (is_same(current()->generation(), published)) {
            return;
        }
        try {
            swap_in(published ? build(*std::move(published))
                              : std::make_shared<const Edition>(settings_, lookups_));
            return;
        } catch (const GenerationGone&) {  // another was published meanwhile
            if (attempt == attempts) {
                throw;
            }
        }
    }
}

// Only search needs the names, so the first lists need not wait for them.
std::shared_ptr<const Edition> EditionWatcher::build(Generation generation) {
    auto next = std::make_shared<const Edition>(std::move(generation), reader_, settings_, lookups_);
    if (current()->generation()) {
        (void)next->names();
    }
    return next;
}

// Reads the names of the first edition before the first search.  A failure is the search's own.
void EditionWatcher::prepare_search() noexcept {
    try {
        (void)current()->names();
    } catch (const std::exception& error) {
        spdlog::debug("the names are read by the next search: {}", error.what());
    }
}

// Opens a connection for this once per second at most, however often clients make it look.
std::optional<Generation> EditionWatcher::read_current() {
    constexpr auto between_new_connections = std::chrono::seconds(1);
    const auto now = Clock::now();
    if (next_new_connection_ > now) {
        return reader_.current();
    }
    next_new_connection_ = now + between_new_connections;
    return reader_.current_anew();
}

// Requests in progress keep the edition before, but not its cached answers.
void EditionWatcher::swap_in(std::shared_ptr<const Edition> next) {
    {
        const std::scoped_lock lock(mutex_);
        current_.swap(next);
    }
    next->answers().clear();
    after_swap_();
    spdlog::debug("generation {} is published", current()->number());
}

std::shared_ptr<const Edition> EditionWatcher::refresh() noexcept {
    constexpr auto moment = std::chrono::milliseconds(20);
    const auto since_last_look = Clock::now().time_since_epoch() - Clock::duration(looked_at_);
    return since_last_look > moment ? look() : current();
}

void EditionWatcher::wait_for_first_look(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    first_look_.wait_for(lock, at_most, [&] { return looked_once_; });
}

std::shared_ptr<const Edition> EditionWatcher::current() const {
    const std::scoped_lock lock(mutex_);
    return current_;
}

bool replaces(const std::optional<Generation>& now, const std::optional<Generation>& before) {
    return now && before &&
           (now->database != before->database ||
            (now->number == before->number && !same_generation(*now, *before)));
}

}  // namespace bingefriend
