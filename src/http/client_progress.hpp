// Progress of a client: how fast it sends its request, reads the response, or sends the next request.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

namespace bingefriend {

// The thread of the connection writes.  Reading is thread-safe.
class ClientProgress {
  public:
    using Clock = std::chrono::steady_clock;
    enum class Phase { idle, receiving, waiting, sending };

    // Which connections may be closed, and in which order: lowest rate first.  None: it must stay open.
    using Rate = std::optional<double> (*)(const ClientProgress& progress, Clock::time_point now);

    // Counts the bytes of the phase from 0.
    void begin(Phase phase) noexcept {
        phase_.store(Phase::waiting, std::memory_order_relaxed);  // hides the values of the last phase
        since_.store(Clock::now().time_since_epoch().count(), std::memory_order_relaxed);
        bytes_.store(0, std::memory_order_relaxed);
        phase_.store(phase, std::memory_order_release);
    }
    void add(std::size_t bytes) noexcept { bytes_.fetch_add(bytes, std::memory_order_relaxed); }

    [[nodiscard]] bool is_idle() const noexcept {
        return phase_.load(std::memory_order_acquire) == Phase::idle;
    }

    // Bytes per second of this phase.  Each phase begins with some bytes, so that a new client is not the
    // slowest.  None while the client waits for the server.
    [[nodiscard]] std::optional<double> rate(Clock::time_point now,
                                             double initial_bytes = 1'000) const noexcept {
        constexpr double min_seconds = 1e-6;
        if (phase_.load(std::memory_order_acquire) == Phase::waiting) {
            return {};
        }
        const auto since = Clock::time_point(Clock::duration(since_.load(std::memory_order_relaxed)));
        const double seconds = std::chrono::duration<double>(now - since).count();
        const auto bytes = static_cast<double>(bytes_.load(std::memory_order_relaxed));
        return (bytes + initial_bytes) / std::max(seconds, min_seconds);
    }

    // The rate of a client that has read its response slowly for 2 s; none for any other.
    [[nodiscard]] std::optional<double> rate_of_slow_reader(Clock::time_point now) const noexcept {
        constexpr double slow = 250'000;
        const std::optional<double> bytes_per_second = rate(now, 2 * slow);
        const bool is_sending = phase_.load(std::memory_order_acquire) == Phase::sending;
        return is_sending && bytes_per_second && *bytes_per_second < slow ? bytes_per_second : std::nullopt;
    }

  private:
    std::atomic<Phase> phase_ = Phase::idle;
    std::atomic<Clock::rep> since_ = Clock::now().time_since_epoch().count();
    std::atomic<std::size_t> bytes_ = 0;
};

}  // namespace bingefriend
