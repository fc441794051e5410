// When to retry a failed request. Pure: the caller has the clock.
//
// Exponential backoff with "equal jitter" (M. Brooker, Exponential Backoff And Jitter, AWS 2015): half of the
// pause is fixed and half is random, so that clients that failed together do not retry together.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace bingefriend {

struct RetryPolicy {
    std::size_t attempts = 5;                     // in total; 1: no retry
    std::chrono::milliseconds first_pause{500};   // doubles with each failure
    std::chrono::milliseconds max_pause{30'000};  // limit of the doubling
    std::chrono::seconds max_retry_after{600};    // a longer Retry-After ends the attempts

    // Returns the pause after `failures` (at least 1) failed attempts: with `random` in [0, 1), half to all
    // of min(first_pause * 2^(failures - 1), max_pause), and at least `retry_after`. Empty: do not retry.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pause(
        std::size_t failures, double random, std::optional<std::chrono::seconds> retry_after = {}) const;
};

// True for 429 and 5xx. Other client errors are permanent.
[[nodiscard]] constexpr bool is_retryable(long status) noexcept {
    return status == 429 || status >= 500;
}

}  // namespace bingefriend
