#include "http/client_progress.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using std::chrono::seconds;

TEST(ClientProgress, measures_the_rate_of_the_current_phase) {
    ClientProgress progress;
    const auto now = ClientProgress::Clock::now() + seconds(10);
    EXPECT_TRUE(progress.is_idle());
    const double idle = progress.rate(now).value();
    progress.begin(ClientProgress::Phase::receiving);
    EXPECT_FALSE(progress.is_idle());
    progress.add(10);
    const double slow = progress.rate(now).value();
    progress.add(100'000);
    EXPECT_GT(slow, idle);
    EXPECT_GT(progress.rate(now).value(), 100 * slow);
    EXPECT_LT(progress.rate(now + seconds(100)).value(), progress.rate(now).value());
    progress.begin(ClientProgress::Phase::sending);
    EXPECT_LT(progress.rate(now).value(), slow) << "what was received does not count";
}

TEST(ClientProgress, does_not_count_a_new_client_as_slowest) {
    ClientProgress slow;
    slow.begin(ClientProgress::Phase::receiving);
    slow.add(100);
    const ClientProgress fresh;
    const auto now = ClientProgress::Clock::now();
    EXPECT_GT(fresh.rate(now).value(), slow.rate(now + seconds(1)).value());
}

TEST(ClientProgress, detects_a_slow_reader_after_2_seconds) {
    ClientProgress progress;
    const auto slow = [&](int after) {
        return progress.rate_of_slow_reader(ClientProgress::Clock::now() + seconds(after)).has_value();
    };
    EXPECT_FALSE(slow(100)) << "it is idle";
    progress.begin(ClientProgress::Phase::sending);
    EXPECT_FALSE(slow(1));
    EXPECT_TRUE(slow(3));
    progress.add(1'000'000);
    EXPECT_FALSE(slow(5));
    EXPECT_TRUE(slow(7));
    progress.begin(ClientProgress::Phase::waiting);
    EXPECT_FALSE(slow(100));
}

TEST(ClientProgress, has_no_rate_while_the_server_works) {
    ClientProgress progress;
    progress.begin(ClientProgress::Phase::waiting);
    EXPECT_FALSE(progress.rate(ClientProgress::Clock::now()));
    EXPECT_FALSE(progress.is_idle());
}

}  // namespace
}  // namespace bingefriend
