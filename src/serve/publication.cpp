#include "serve/publication.hpp"

#include <fmt/compile.h>
#include <spdlog/spdlog.h>

namespace bingefriend {
namespace {

// FNV-1a: a tag tells answers apart, it guards nothing.
std::uint64_t hashed(std::string_view text, std::uint64_t hash = 14695981039346656037u) {
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    return hash;
}

Published published(std::optional<Generation> generation, std::string_view version) {
    Published now{std::move(generation), hashed(version)};
    if (now.generation) {
        now.seed = hashed(now.generation->published_at, hashed(now.generation->computed_at, now.seed));
    }
    return now;
}

bool same(const std::optional<Generation>& a, const std::optional<Generation>& b) {
    return a && b ? same_generation(*a, *b) : a.has_value() == b.has_value();
}

}  // namespace

bool Published::replaces(const Published& earlier) const {
    return generation && earlier.generation &&
           (generation->database != earlier.generation->database ||
            (number() == earlier.number() && !same_generation(*generation, *earlier.generation)));
}

std::string Published::tag(std::string_view target) const {
    return fmt::format(FMT_COMPILE("W/\"{}-{:016x}\""), number(), hashed(target, seed));
}

void Publication::probe() noexcept {
    const std::scoped_lock one_at_a_time(probing_);
    try {
        std::optional<Generation> current = read_current();
        if (away_.exchange(false)) {
            spdlog::info("the database answers again");
        }
        const std::scoped_lock lock(mutex_);
        if (!probed_ || !same(known_->generation, current)) {
            known_ = std::make_shared<const Published>(published(std::move(current), version_));
            spdlog::debug("generation {} is published", known_->number());
        }
    } catch (const std::exception& error) {
        source_.discard();
        if (!away_.exchange(true)) {
            spdlog::warn("the database is away: {}", error.what());
        }
    }
    probed_at_ = std::chrono::steady_clock::now().time_since_epoch().count();
    const std::scoped_lock lock(mutex_);
    probed_ = true;
    first_probe_.notify_all();
}

std::optional<Generation> Publication::read_current() {
    constexpr auto between_new_connections = std::chrono::seconds(1);
    const auto now = std::chrono::steady_clock::now();
    if (next_new_connection_ > now) {
        return source_.reader().current();
    }
    next_new_connection_ = now + between_new_connections;
    return source_.reader().current_anew();
}

void Publication::wait_for_first_probe(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    first_probe_.wait_for(lock, at_most, [&] { return probed_; });
}

void Publication::refresh() noexcept {
    using Clock = std::chrono::steady_clock;
    constexpr auto moment = std::chrono::milliseconds(20);
    if (Clock::now().time_since_epoch() - Clock::duration(probed_at_) > moment) {
        probe();
    }
}

std::shared_ptr<const Published> Publication::now() {
    const std::scoped_lock lock(mutex_);
    return known_;
}

}  // namespace bingefriend
