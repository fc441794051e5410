#include "http/rate_limiter.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RateLimiter, allows_a_burst_and_then_the_rate_per_address) {
    RateLimiter limiter(2, 3);
    const RateLimiter::Time start{};
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(limiter.refused("1.1.1.1", start));
    }
    EXPECT_EQ(limiter.refused("1.1.1.1", start), seconds(1));
    EXPECT_FALSE(limiter.refused("1.1.1.2", start)) << "another address";
    EXPECT_TRUE(limiter.refused("1.1.1.1", start + milliseconds(400)));
    EXPECT_FALSE(limiter.refused("1.1.1.1", start + milliseconds(500)));
    EXPECT_TRUE(limiter.refused("1.1.1.1", start + milliseconds(500)));
}

TEST(RateLimiter, counts_an_ipv6_network_as_one_client) {
    RateLimiter limiter(1, 1);
    EXPECT_FALSE(limiter.refused("2001:db8::1", {}));
    EXPECT_TRUE(limiter.refused("2001:db8::2", {}));
    EXPECT_FALSE(limiter.refused("2001:db8:0:1::1", {}));
}

TEST(RateLimiter, allows_all_without_a_rate_and_bounds_its_addresses) {
    RateLimiter none(0, 0);
    RateLimiter limiter(1, 1);
    for (int i = 0; i < 120'000; ++i) {
        const std::string address = std::to_string(i >> 16) + "." + std::to_string((i >> 8) & 255) + "." +
                                    std::to_string(i & 255) + ".1";
        ASSERT_FALSE(none.refused("1.1.1.1", {}));
        ASSERT_FALSE(limiter.refused(address, {}));
    }
}

}  // namespace
}  // namespace bingefriend
