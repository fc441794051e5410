#include "net/rate_limit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <latch>
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
    ASSERT_GT(times.size(), calls);
    for (std::size_t i = calls; i < times.size(); ++i) {
        EXPECT_GE(times[i] - times[i - calls], period) << "call " << i;
    }
}

TEST(RateLimit, allows_a_burst_and_then_one_call_for_each_that_leaves_the_window) {
    FakeClock clock;
    RateLimit limit(20, seconds(10), {}, clock.clock());
    Times times;
    call(limit, clock, times, 20);
    EXPECT_EQ(times.back(), times.front()) << "nobody waits without need";
    call(limit, clock, times, 60);
    expect_kept(times, 20, seconds(10));
    EXPECT_EQ(times.back() - times.front(), seconds(30));
}

TEST(RateLimit, holds_across_restarts) {
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

TEST(RateLimit, holds_calls_after_a_429_across_restarts) {
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

TEST(RateLimit, holds_for_all_threads_together) {
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

TEST(RateLimit, survives_a_clock_set_back_and_a_corrupt_file) {
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

TEST(RateLimit, throws_if_its_file_cannot_be_created) {
    EXPECT_THROW(RateLimit(1, seconds(1), "/proc/nowhere/calls"), Error);
}

TEST(RateLimit, does_not_count_a_call_that_is_stopped_while_it_waits) {
    FakeClock fake;
    Clock clock = fake.clock();
    std::latch waits(1);
    clock.sleep = [&, sleep = clock.sleep](milliseconds length, const std::stop_token& stop) {
        if (stop.stop_possible()) {
            waits.count_down();
            real_clock().sleep(std::chrono::hours(1), stop);
        } else {
            sleep(length, stop);
        }
    };
    RateLimit limit(1, seconds(10), {}, clock);
    limit.wait();
    std::jthread stopped([&limit](const std::stop_token& stop) { limit.wait(stop); });
    waits.wait();
    stopped.request_stop();
    stopped.join();
    const auto before = fake.now();
    limit.wait();
    EXPECT_EQ(fake.now() - before, seconds(10)) << "after the first call only";
}

}  // namespace
}  // namespace bingefriend
