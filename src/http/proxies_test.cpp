#include "http/proxies.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace bingefriend {
namespace {

TEST(TrustedProxies, name_the_client_and_no_other_peer_does) {
    const TrustedProxies proxies({"10.0.0.0/8", "::1", "192.168.1.7"});
    EXPECT_EQ(proxies.client("10.1.2.3", "1.1.1.1"), "1.1.1.1");
    EXPECT_EQ(proxies.client("::ffff:10.1.2.3", "1.1.1.1"), "1.1.1.1");
    EXPECT_EQ(proxies.client("::1", "2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(proxies.client("11.1.2.3", "1.1.1.1"), "11.1.2.3");
    EXPECT_EQ(proxies.client("192.168.1.8", "1.1.1.1"), "192.168.1.8");
    EXPECT_EQ(proxies.client("10.1.2.3", ""), "10.1.2.3");
}

TEST(TrustedProxies, are_skipped_up_to_the_first_other_address) {
    const TrustedProxies proxies({"10.0.0.0/8"});
    EXPECT_EQ(proxies.client("10.0.0.1", "9.9.9.9, 1.1.1.1, 10.0.0.2"), "1.1.1.1")
        << "the client wrote what comes before its own address";
    EXPECT_EQ(proxies.client("10.0.0.1", "1.1.1.1:5555"), "1.1.1.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "[2001:db8::1]:80"), "2001:db8::1");
    EXPECT_EQ(proxies.client("10.0.0.1", "nonsense"), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "fe80::1%1"), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "9.9.9.9, 1.1.1.1, , 10.0.0.2,"), "1.1.1.1");
    EXPECT_EQ(proxies.client("10.0.0.1", " , "), "10.0.0.1");
    EXPECT_EQ(proxies.client("10.0.0.1", "10.0.0.9, 10.0.0.2"), "10.0.0.9");
}

TEST(TrustedProxies, reject_entries_that_are_not_addresses) {
    for (const char* bad :
         {"", "host", "10.0.0.0/33", "10.0.0.0/4294967295", "10.0.0.0/x", "::/129", "1.2.3", "fe80::1%1"}) {
        EXPECT_THROW(TrustedProxies({bad}), Error) << bad;
    }
}

}  // namespace
}  // namespace bingefriend
