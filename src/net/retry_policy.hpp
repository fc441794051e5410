// When a request that failed is made again: a value, without a clock of its own.
//
// Exponential back-off with "equal jitter" (M. Brooker, Exponential Backoff And Jitter, AWS 2015): half of
// the pause is fixed, half is left to chance, so that clients that failed together do not come back together.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace bingefriend {

struct RetryPolicy {
    std::size_t attempts = 5;                         // in all; 1: a failure is final
    std::chrono::milliseconds first_pause{500};       // doubles with every failure
    std::chrono::milliseconds longest_pause{30'000};  // of the doubled ones
    std::chrono::seconds longest_wish{600};           // a Retry-After beyond this ends the attempts

    // The pause after `failures` of them, at least 1, with `chance` in [0, 1): half to all of
    // min(first_pause * 2^(failures - 1), longest_pause), and never less than the server wished.
    // None where nothing more is to be tried.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pause(
        std::size_t failures, double chance, std::optional<std::chrono::seconds> retry_after = {}) const;
};

// Too Many Requests, and every status that says the server failed.  Other client errors are final.
[[nodiscard]] constexpr bool may_pass(long status) noexcept {
    return status == 429 || status >= 500;
}

}  // namespace bingefriend
