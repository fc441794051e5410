#include "net/retry_policy.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RetryPolicy, doubles_the_pause_up_to_the_maximum_and_randomises_half) {
    const RetryPolicy policy{
        .attempts = 20, .first_pause = milliseconds(500), .max_pause = milliseconds(3'000)};
    EXPECT_EQ(policy.pause(1, 0), milliseconds(250));
    EXPECT_EQ(policy.pause(1, 0.5), milliseconds(375));
    EXPECT_EQ(policy.pause(2, 0), milliseconds(500));
    EXPECT_EQ(policy.pause(3, 0.999999), milliseconds(1'999));
    EXPECT_EQ(policy.pause(4, 0), milliseconds(1'500));
    EXPECT_EQ(policy.pause(19, 0), milliseconds(1'500)) << "no overflow";
}

TEST(RetryPolicy, never_retries_before_retry_after) {
    const RetryPolicy policy;
    EXPECT_EQ(policy.pause(1, 0, seconds(7)), seconds(7));
    EXPECT_EQ(policy.pause(1, 0, seconds(0)), milliseconds(250));
    EXPECT_EQ(policy.pause(4, 0, seconds(1)), milliseconds(2'000));
    EXPECT_EQ(policy.pause(1, 0, seconds(601)), std::nullopt) << "too long to wait for";
}

TEST(RetryPolicy, stops_after_its_attempts) {
    const RetryPolicy policy{.attempts = 3};
    EXPECT_TRUE(policy.pause(2, 0));
    EXPECT_FALSE(policy.pause(3, 0));
    EXPECT_FALSE(RetryPolicy{.attempts = 1}.pause(1, 0));
    EXPECT_TRUE(is_retryable(429) && is_retryable(500) && is_retryable(503));
    EXPECT_FALSE(is_retryable(200) || is_retryable(304) || is_retryable(400) || is_retryable(404));
}

}  // namespace
}  // namespace bingefriend
