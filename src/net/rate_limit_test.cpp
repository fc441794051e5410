#include "net/rate_limit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "net/fake_clock.hpp"

namespace bingefriend {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Times = std::vector<std::chrono::system_clock::time_point>;

void call(RateLimit& limit, const FakeClock& clock, Times& times, int calls) {
    for (int i = 0; i < calls; ++i) {
        limit.wait();
        times.push_back(clock.now());
    }
}

void expect_kept(const Times& times, std::size_t calls, milliseconds period) {
    for (std::size_t i = calls; i < times.size(); ++i) {
        EXPECT_GE(times[i] - times[i - calls], period) << "call " << i;
    }
}

TEST(RateLimit, lets_a_burst_through_and_then_one_for_each_that_leaves_the_window) {
    FakeClock clock;
    RateLimit limit(20, seconds(10), {}, clock.clock());
    Times times;
    call(limit, clock, times, 20);
    EXPECT_EQ(times.back(), times.front()) << "nobody waits without need";
    call(limit, clock, times, 60);
    expect_kept(times, 20, seconds(10));
    EXPECT_EQ(times.back() - times.front(), seconds(30));
}

TEST(RateLimit, is_kept_over_restarts) {
    const TestFolder folder;
    FakeClock clock;
    Times times;
    for (int start = 0; start < 9; ++start) {
        RateLimit limit(20, seconds(10), folder / "calls", clock.clock());
        call(limit, clock, times, 7);
    }
    expect_kept(times, 20, seconds(10));
    EXPECT_EQ(times.back() - times.front(), seconds(30)) << "63 calls";
}

TEST(RateLimit, holds_every_call_after_a_429_over_a_restart_too) {
    const TestFolder folder;
    FakeClock clock;
    const auto begin = clock.now();
    {
        RateLimit limit(20, seconds(10), folder / "calls", clock.clock());
        limit.wait();
        limit.hold(seconds(30));
        limit.hold(seconds(5));
    }
    RateLimit limit(20, seconds(10), folder / "calls", clock.clock());
    limit.wait();
    EXPECT_EQ(clock.now() - begin, seconds(30));
}

TEST(RateLimit, is_kept_by_threads_together) {
    FakeClock clock;
    RateLimit limit(5, seconds(1), {}, clock.clock());
    const auto begin = clock.now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&limit] {
                for (int n = 0; n < 25; ++n) {
                    limit.wait();
                }
            });
        }
    }
    EXPECT_GE(clock.now() - begin, seconds(19)) << "100 calls";
}

TEST(RateLimit, comes_through_a_clock_put_back_and_a_damaged_file) {
    const TestFolder folder;
    FakeClock clock;
    RateLimit limit(2, seconds(10), folder / "calls", clock.clock());
    Times times;
    call(limit, clock, times, 2);
    clock.set_back(seconds(86'400));
    const auto before = clock.now();
    limit.wait();
    EXPECT_EQ(clock.now() - before, seconds(10));
    std::ofstream(folder / "calls", std::ios::binary) << "\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"
                                                         "12345678 and more";
    RateLimit after(2, seconds(10), folder / "calls", clock.clock());
    const auto damaged = clock.now();
    call(after, clock, times, 2);
    EXPECT_LE(clock.now() - damaged, seconds(10));
}

TEST(RateLimit, whose_file_cannot_be_made_says_so) {
    EXPECT_THROW(RateLimit(1, seconds(1), "/proc/nowhere/calls"), Error);
}

TEST(RateLimit, ends_waiting_when_it_is_stopped) {
    RateLimit limit(1, std::chrono::hours(1));
    limit.wait();
    std::jthread waiting([&limit](const std::stop_token& stop) { limit.wait(stop); });
    waiting.request_stop();
}

}  // namespace
}  // namespace bingefriend
