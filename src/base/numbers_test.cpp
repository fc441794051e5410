#include "base/numbers.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace bingefriend {
namespace {

TEST(ParseNumber, reads_numbers_to_the_last_character) {
    EXPECT_EQ(parse_number<int>("-7"), -7);
    EXPECT_EQ(parse_number<double>("1.5e3"), 1'500);
    for (const char* const text : {"", " 7", "7 ", "+7", "7x", "7.0", "0x7", "--7"}) {
        EXPECT_FALSE(parse_number<int>(text)) << text;
    }
    EXPECT_FALSE(parse_number<unsigned>("-7"));
    EXPECT_FALSE(parse_number<double>("1.5 "));
}

TEST(ParseNumber, rejects_numbers_that_do_not_fit) {
    EXPECT_EQ(parse_number<std::uint16_t>("65535"), 65'535);
    EXPECT_FALSE(parse_number<std::uint16_t>("65536"));
    EXPECT_EQ(parse_number<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_FALSE(parse_number<std::int64_t>("9223372036854775808"));
}

TEST(ParseNumber, rejects_numbers_outside_the_range) {
    EXPECT_EQ(parse_number("1", 1, 3), 1);
    EXPECT_EQ(parse_number("3", 1, 3), 3);
    EXPECT_FALSE(parse_number("0", 1, 3));
    EXPECT_FALSE(parse_number("4", 1, 3));
    EXPECT_FALSE(parse_number("nan", 0.0, 1.0));
}

}  // namespace
}  // namespace bingefriend
