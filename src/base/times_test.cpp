#include "base/times.hpp"

#include <gtest/gtest.h>

namespace bingefriend {
namespace {

constexpr SystemTime nine{std::chrono::milliseconds(1'795'338'000'123)};  // 2026-11-22 09:00:00.123

TEST(Times, are_formatted_in_utc) {
    EXPECT_EQ(iso_time(nine), "2026-11-22T09:00:00Z");
    EXPECT_EQ(iso_time_with_milliseconds(nine), "2026-11-22T09:00:00.123Z");
    EXPECT_EQ(iso_time_with_milliseconds(nine - std::chrono::milliseconds(120)), "2026-11-22T09:00:00.003Z");
    EXPECT_EQ(compact_iso_time(nine), "20261122T090000Z");
    EXPECT_EQ(http_time(nine), "Sun, 22 Nov 2026 09:00:00 GMT");
    EXPECT_EQ(mail_time(nine), "Sun, 22 Nov 2026 09:00:00 +0000");
}

TEST(Times, are_parsed_to_the_second) {
    const SystemTime second = std::chrono::floor<std::chrono::seconds>(nine);
    EXPECT_EQ(parse_iso_time("2026-11-22T09:00:00Z"), second);
    EXPECT_EQ(parse_http_time("Sun, 22 Nov 2026 09:00:00 GMT"), second);
    EXPECT_EQ(seconds_since_1970(second), 1'795'338'000.0);
    for (const char* const text : {"", "soon", "2026-11-22", "2026-11-22 09:00:00"}) {
        EXPECT_FALSE(parse_iso_time(text)) << text;
        EXPECT_FALSE(parse_http_time(text)) << text;
    }
}

TEST(Times, are_of_now_by_default) {
    const SystemTime before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const auto& time : {parse_iso_time(iso_time()), parse_http_time(std::string(http_time_now()))}) {
        ASSERT_TRUE(time);
        EXPECT_GE(*time, before);
        EXPECT_LE(*time, std::chrono::system_clock::now());
    }
    EXPECT_EQ(iso_time_with_milliseconds().size(), std::string("2026-11-22T09:00:00.123Z").size());
}

}  // namespace
}  // namespace bingefriend
