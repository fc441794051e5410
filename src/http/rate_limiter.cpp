#include "http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

#include "http/proxies.hpp"

namespace bingefriend {
namespace {

std::string key_of(std::string_view address) {
    const std::optional<boost::asio::ip::address_v6> parsed = parse_address(address);
    if (!parsed) {
        return std::string(address);
    }
    const auto bytes = parsed->to_bytes();
    return {bytes.begin(), bytes.begin() + (parsed->is_v4_mapped() ? 16 : 8)};
}

}  // namespace

RateLimiter::RateLimiter(double rate, double burst)
    : rate_(rate), burst_(std::max(1.0, burst > 0 ? burst : 2 * rate)) {}

double RateLimiter::tokens_at(const Bucket& bucket, Time now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
    return std::min(burst_, bucket.tokens + std::max(0.0, seconds) * rate_);
}

// Full buckets carry no information.  If dropping them is not enough, clearing all is better than growing.
void RateLimiter::make_room(Time now) {
    std::erase_if(buckets_, [&](const auto& entry) { return tokens_at(entry.second, now) >= burst_; });
    if (buckets_.size() >= max_addresses) {
        buckets_.clear();
    }
}

std::optional<std::chrono::seconds> RateLimiter::refused(std::string_view address, Time now) {
    if (!is_active()) {
        return {};
    }
    std::string key = key_of(address);
    const std::scoped_lock lock(mutex_);
    if (buckets_.size() >= max_addresses) {
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
