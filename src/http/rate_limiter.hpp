// Limits how often a client may send requests.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bingefriend {

// A token bucket per address: `burst` requests at once, then `rate` per second.  IPv6 addresses count by
// their /64, which one customer has.  Thread-safe.
class RateLimiter {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // A rate of 0 limits nobody.
    RateLimiter(double rate, double burst);

    [[nodiscard]] bool is_active() const { return rate_ > 0; }

    // Takes a token; none if there was one, else the time until the next.
    [[nodiscard]] std::optional<std::chrono::seconds> refused(std::string_view address, Time now);

  private:
    struct Bucket {
        double tokens;
        Time filled;
    };
    static constexpr std::size_t max_addresses = 100'000;

    void make_room(Time now);
    [[nodiscard]] double tokens_at(const Bucket& bucket, Time now) const;

    double rate_;
    double burst_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace bingefriend
