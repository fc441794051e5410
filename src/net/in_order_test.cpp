#include "net/in_order.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>

#include "net/test_server.hpp"

namespace bingefriend {
namespace {

TEST(InOrder, gives_results_in_order_whatever_order_they_come_in) {
    std::atomic<std::size_t> started = 0;
    InOrder<std::size_t> squares(4, {}, [&](std::size_t number, HttpClient&) {
        ++started;
        return number * number;
    });
    for (std::size_t i = 0; i < 1'000; ++i) {
        ASSERT_EQ(squares.next(), i * i);
        ASSERT_LE(started, i + 1 + 4) << "no more than four ahead";
    }
}

TEST(InOrder, has_as_many_under_way_as_it_may) {
    std::latch together(3);
    InOrder<int> work(3, {}, [&](std::size_t number, HttpClient&) {
        if (number < 3) {
            together.arrive_and_wait();  // ends only where three are here at once
        }
        return static_cast<int>(number);
    });
    EXPECT_EQ(work.next(), 0);
}

TEST(InOrder, throws_what_the_work_threw_at_its_place_and_goes_on) {
    InOrder<int> work(2, {}, [](std::size_t number, HttpClient&) -> int {
        return number == 1 ? throw std::runtime_error("one") : static_cast<int>(number);
    });
    EXPECT_EQ(work.next(), 0);
    EXPECT_THROW((void)work.next(), std::runtime_error);
    EXPECT_EQ(work.next(), 2);
}

TEST(InOrder, works_up_to_its_end_and_on_where_that_is_moved) {
    std::atomic<std::size_t> last = 0;
    InOrder<int> work(
        4, {},
        [&](std::size_t number, HttpClient&) {
            last = std::max<std::size_t>(last, number);
            return 0;
        },
        2);
    (void)work.next();
    (void)work.next();
    EXPECT_EQ(last, 1u);
    work.extend(3);
    (void)work.next();
    EXPECT_EQ(last, 2u);
}

TEST(InOrder, breaks_off_what_is_under_way_when_it_is_no_longer_wanted) {
    std::latch asked(1);
    const TestServer server([&](const std::string&, std::size_t) {
        asked.count_down();
        return TestServer::silence;
    });
    const InOrder<int> work(
        1, {},
        [&](std::size_t, HttpClient& client) { return static_cast<int>(client.get(server.url()).status); },
        1);
    asked.wait();  // and no time-out of minutes after this
}

}  // namespace
}  // namespace bingefriend
