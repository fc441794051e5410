// Who asks: the address of a client, past the proxies that are trusted, and how often it may ask.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bingefriend {

// An address as 16 bytes; IPv4 mapped into IPv6.
using AddressBytes = std::array<unsigned char, 16>;

// Takes "1.2.3.4", "1.2.3.4:80", "::1" and "[::1]:80".
[[nodiscard]] std::optional<AddressBytes> address_bytes(std::string_view text);

// True for "localhost", 127.0.0.0/8 and ::1: only this machine reaches a server that listens there.
[[nodiscard]] bool is_loopback(std::string_view host);

// Addresses and networks ("10.0.0.0/8", "::1") whose X-Forwarded-For is believed.
class TrustedProxies {
  public:
    // Throws Error{usage} for what is neither address nor network.
    explicit TrustedProxies(const std::vector<std::string>& networks);

    [[nodiscard]] bool trusts(std::string_view address) const;

    // The peer, or where that is trusted the last address of X-Forwarded-For that is not.
    [[nodiscard]] std::string client(std::string_view peer, std::string_view forwarded_for) const;

  private:
    struct Network {
        AddressBytes address;
        unsigned bits;
    };
    std::vector<Network> networks_;
};

// A bucket of tokens an address: `burst` at once, `rate` a second thereafter.  IPv6 counts by its /64,
// which is what one customer has.  Any thread.
class RateLimiter {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // A rate of 0 limits nobody.
    RateLimiter(double rate, double burst);

    [[nodiscard]] bool limits_any() const { return rate_ > 0; }

    // Takes a token; none where there was one, else how long until the next.
    [[nodiscard]] std::optional<std::chrono::seconds> refused(std::string_view address, Time now);

  private:
    struct Bucket {
        double tokens;
        Time filled;
    };
    static constexpr std::size_t most_addresses = 100'000;

    void make_room(Time now);
    [[nodiscard]] double tokens_at(const Bucket& bucket, Time now) const;

    double rate_;
    double burst_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace bingefriend
