#include "net/in_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

TEST(InOrder, returns_results_in_order_at_most_four_ahead) {
    std::atomic<std::size_t> started = 0;
    InOrder<std::size_t> squares(4, {}, [&](std::size_t number, HttpClient&) {
        ++started;
        return number * number;
    });
    for (std::size_t i = 0; i < 1'000; ++i) {
        ASSERT_EQ(squares.next(), i * i);
        ASSERT_LE(started, i + 1 + 4);
    }
}

TEST(InOrder, returns_an_early_result_after_those_before_it) {
    std::latch third_worked(1);
    InOrder<std::size_t> work(3, {}, [&](std::size_t number, HttpClient&) {
        if (number == 2) {
            third_worked.count_down();
        } else {
            third_worked.wait();
        }
        return number;
    });
    EXPECT_EQ(work.next(), 0U);
    EXPECT_EQ(work.next(), 1U);
    EXPECT_EQ(work.next(), 2U);
}

TEST(InOrder, works_on_three_numbers_at_once) {
    std::atomic<int> together = 0;
    std::latch all_started(3);
    InOrder<int> work(3, {}, [&](std::size_t number, HttpClient&) {
        if (number < 3) {
            ++together;
            all_started.arrive_and_wait();  // returns only if three threads are here
        }
        return together.load();
    });
    EXPECT_EQ(work.next(), 3);
}

TEST(InOrder, rethrows_an_exception_in_its_place_and_continues) {
    InOrder<int> work(2, {}, [](std::size_t number, HttpClient&) -> int {
        return number == 1 ? throw std::runtime_error("one") : static_cast<int>(number);
    });
    EXPECT_EQ(work.next(), 0);
    EXPECT_THROW((void)work.next(), std::runtime_error);
    EXPECT_EQ(work.next(), 2);
}

TEST(InOrder, works_only_on_numbers_below_its_end) {
    std::mutex mutex;  // guards worked
    std::vector<std::size_t> worked;
    {
        InOrder<int> work(
            4, {},
            [&](std::size_t number, HttpClient&) {
                const std::lock_guard lock(mutex);
                worked.push_back(number);
                return 0;
            },
            2);
        (void)work.next();
        (void)work.next();
        work.extend(3);
        (void)work.next();
    }
    std::ranges::sort(worked);
    EXPECT_EQ(worked, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(InOrder, destruction_stops_a_request_in_flight) {
    std::latch asked(1);
    const TestServer server([&](const std::string&, std::size_t) {
        asked.count_down();
        return TestServer::silence;
    });
    std::string error;
    {
        const InOrder<int> work(
            1, {},
            [&](std::size_t, HttpClient& client) {
                try {
                    return static_cast<int>(client.get(server.url()).status);
                } catch (const Error& e) {
                    error = e.what();
                    throw;
                }
            },
            1);
        asked.wait();
    }
    EXPECT_THAT(error, testing::HasSubstr("it was stopped")) << "not a timeout";
}

}  // namespace
}  // namespace bingefriend
