#include "console/progress_line.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

TEST(Progress, tells_count_share_rate_and_time_left) {
    EXPECT_EQ(progress_text(21'250, 85'000, 5), "21,250 of 85,000 (25%), 4,250/s, 15 s left");
    EXPECT_EQ(progress_text(0, 10, 0), "0 of 10 (0%), 0/s, 0 s left");
    EXPECT_EQ(progress_text(10, 10, 1), "10 of 10 (100%), 10/s, 0 s left");
}

TEST(Progress, tells_count_and_rate_where_no_total_is_known) {
    EXPECT_EQ(progress_text(12'345, 0, 10), "12,345, 1,234/s");
}

TEST(Progress, tells_bytes_in_the_units_that_storage_is_sold_in) {
    EXPECT_EQ(progress_text(21'000'000, 84'000'000, 5, ProgressUnit::bytes),
              "21.0 MB of 84.0 MB (25%), 4.2 MB/s, 15 s left");
    EXPECT_EQ(with_unit(999), "999 bytes");
    EXPECT_EQ(with_unit(2'500'000'000'000'000), "2500.0 TB");
}

TEST(Progress, tells_long_times_in_minutes_and_hours) {
    EXPECT_EQ(duration_text(99.4), "99 s");
    EXPECT_EQ(duration_text(600), "10 min");
    EXPECT_EQ(duration_text(9'000), "2.5 h");
}

}  // namespace
}  // namespace bingefriend
