#include "net/retry_policy.hpp"

#include <algorithm>

namespace bingefriend {

std::optional<std::chrono::milliseconds> RetryPolicy::pause(
    std::size_t failures, double random, std::optional<std::chrono::seconds> retry_after) const {
    if (failures >= attempts || (retry_after && *retry_after > max_retry_after)) {
        return {};
    }
    std::chrono::milliseconds doubled = first_pause;
    for (std::size_t i = 1; i < failures && doubled < max_pause; ++i) {
        doubled *= 2;
    }
    doubled = std::min(doubled, max_pause);
    const auto jitter = static_cast<std::chrono::milliseconds::rep>(
        random * static_cast<double>((doubled - doubled / 2).count()));
    const std::chrono::milliseconds own = doubled / 2 + std::chrono::milliseconds(jitter);
    return retry_after ? std::max(own, std::chrono::milliseconds(*retry_after)) : own;
}

}  // namespace bingefriend
