#include "serve/clients.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(TrustedProxies, are_believed_about_their_clients_and_nobody_else) {
    const TrustedProxies proxies({"10.0.0.0/8", "::1", "192.168.1.7"});
    EXPECT_EQ(proxies.client("10.1.2.3", "1.1.1.1"), "1.1.1.1");
    EXPECT_EQ(proxies.client("::ffff:10.1.2.3", "1.1.1.1"), "1.1.1.1");
    EXPECT_EQ(proxies.client("::1", "2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(proxies.client("11.1.2.3", "1.1.1.1"), "11.1.2.3");
    EXPECT_EQ(proxies.client("192.168.1.8", "1.1.1.1"), "192.168.1.8");
    EXPECT_EQ(proxies.client("10.1.2.3", ""), "10.1.2.3");
}

TEST(TrustedProxies, are_passed_until_the_first_address_that_is_not_one) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(proxies.client("10.0.0.1", "9.9.9.9, 1.1.1.1, 10.0.0.2"), "1.1.1.1")
        << "what stands before the client's own address was written by the client";
    EXPECT_EQ(proxies.client("10.0.0.1", "1.1.1.1:5555"), "1.1.1.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "[2001:db8::1]:80"), "2001:db8::1");
    EXPECT_EQ(proxies.client("10.0.0.1", "nonsense"), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "9.9.9.9, 1.1.1.1, , 10.0.0.2,"), "1.1.1.1");
    EXPECT_EQ(proxies.client("10.0.0.1", " , "), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "10.0.0.9, 10.0.0.2"), "10.0.0.9");
}

TEST(TrustedProxies, that_are_no_addresses_are_an_error_of_the_configuration) {
    for (const char* bad : {"", "host", "10.0.0.0/33", "10.0.0.0/x", "::/129", "1.2.3"}) {
        EXPECT_THROW(TrustedProxies({bad}), Error) << bad;
    }
}

TEST(RateLimiter, gives_every_address_its_burst_and_then_its_rate) {
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

TEST(RateLimiter, counts_a_network_of_ipv6_as_one) {
    RateLimiter limiter(1, 1);
    EXPECT_FALSE(limiter.refused("2001:db8::1", {}));
    EXPECT_TRUE(limiter.refused("2001:db8::2", {}));
    EXPECT_FALSE(limiter.refused("2001:db8:0:1::1", {}));
}

TEST(RateLimiter, limits_nobody_without_a_rate_and_survives_very_many_addresses) {
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
