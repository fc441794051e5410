#include "serve/clients.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/trimmed.hpp"

namespace bingefriend {
namespace {

constexpr AddressBytes mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    }
    const std::size_t colon = text.find(':');
    return text.find(':', colon + 1) == std::string_view::npos ? text.substr(0, colon) : text;
}

bool same_bits(const AddressBytes& a, const AddressBytes& b, unsigned bits) {
    const unsigned whole = bits / 8;
    if (std::memcmp(a.data(), b.data(), whole) != 0) {
        return false;
    }
    const auto mask = static_cast<unsigned char>(0xff00u >> (bits % 8));
    return bits % 8 == 0 || (a[whole] & mask) == (b[whole] & mask);
}

bool is_ipv4(const AddressBytes& address) {
    return same_bits(address, mapped_ipv4, 96);
}

}  // namespace

std::optional<AddressBytes> address_bytes(std::string_view text) {
    const std::string address(without_port(trimmed(text)));
    AddressBytes bytes = mapped_ipv4;
    if (::inet_pton(AF_INET, address.c_str(), bytes.data() + 12) == 1 ||
        ::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    return {};
}

bool is_loopback(std::string_view host) {
    constexpr AddressBytes ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1};
    constexpr AddressBytes ipv6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const std::optional<AddressBytes> address = address_bytes(host);
    return host == "localhost" || (address && (same_bits(*address, ipv4, 96 + 8) || address == ipv6));
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
    for (const std::string& text : networks) {
        const std::size_t slash = text.find('/');
        const std::string host = text.substr(0, slash);
        const std::optional<AddressBytes> address =
            without_port(host) == host ? address_bytes(host) : std::nullopt;
        std::optional<unsigned> bits = 128;
        if (address && slash != std::string::npos) {
            bits = whole_number<unsigned>(std::string_view(text).substr(slash + 1));
            bits = bits && is_ipv4(*address) ? std::optional(*bits + 96) : bits;
        }
        if (!address || !bits || *bits > 128) {
            throw Error(ErrorKind::usage, "TRUSTED_PROXIES names what is no address or network", text,
                        "give addresses and networks such as 10.0.0.0/8, with commas");
        }
        networks_.push_back({*address, *bits});
    }
}

bool TrustedProxies::trusts(std::string_view address) const {
    if (networks_.empty()) {
        return false;
    }
    const std::optional<AddressBytes> bytes = address_bytes(address);
    return bytes && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
               return same_bits(*bytes, network.address, network.bits);
           });
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
    std::string_view client = peer;
    while (!forwarded_for.empty() && trusts(client)) {
        const std::size_t comma = forwarded_for.rfind(',');
        const std::string_view before =
            without_port(trimmed(forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1)));
        forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
        if (before.empty()) {  // an empty element of a list is none
            continue;
        }
        if (!address_bytes(before)) {
            break;
        }
        client = before;
    }
    return std::string(client);
}

RateLimiter::RateLimiter(double rate, double burst)
    : rate_(rate), burst_(std::max(1.0, burst > 0 ? burst : 2 * rate)) {}

double RateLimiter::tokens_at(const Bucket& bucket, Time now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
    return std::min(burst_, bucket.tokens + std::max(0.0, seconds) * rate_);
}

// Full buckets say nothing; where that is not enough, forgetting all is better than growing.
void RateLimiter::make_room(Time now) {
    std::erase_if(buckets_, [&](const auto& entry) { return tokens_at(entry.second, now) >= burst_; });
    if (buckets_.size() >= most_addresses) {
        buckets_.clear();
    }
}

std::optional<std::chrono::seconds> RateLimiter::refused(std::string_view address, Time now) {
    if (!limits_any()) {
        return {};
    }
    const std::optional<AddressBytes> bytes = address_bytes(address);
    std::string key(address);
    if (bytes) {
        key.assign(reinterpret_cast<const char*>(bytes->data()), is_ipv4(*bytes) ? 16 : 8);
    }
    const std::scoped_lock lock(mutex_);
    if (buckets_.size() >= most_addresses) {
        make_room(now);
    }
    Bucket& bucket = buckets_.try_emplace(std::move(key), Bucket{burst_, now}).first->second;
    bucket = {tokens_at(bucket, now), now};
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return {};
    }
    return std::chrono::seconds(std::max(1L, std::lround(std::ceil((1 - bucket.tokens) / rate_))));
}

}  // namespace bingefriend
