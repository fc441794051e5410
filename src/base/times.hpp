// Times of day as text: ISO 8601 and HTTP. All are UTC.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

using SystemTime = std::chrono::system_clock::time_point;

// "2026-11-22T09:00:00Z"; of now by default.
[[nodiscard]] std::string iso_time(SystemTime time = std::chrono::system_clock::now());

// "2026-11-22T09:00:00.123Z".
[[nodiscard]] std::string iso_time_with_milliseconds(SystemTime time = std::chrono::system_clock::now());

// "20261122T090000Z", for names of files: sorted names are in order of time.
[[nodiscard]] std::string compact_iso_time(SystemTime time);

// "Sun, 22 Nov 2026 09:00:00 GMT".
[[nodiscard]] std::string http_time(SystemTime time);

// "Sun, 22 Nov 2026 09:00:00 +0000", as e-mail has it.
[[nodiscard]] std::string mail_time(SystemTime time);

// Now as http_time.  Formatted once per second and thread.
[[nodiscard]] std::string_view http_time_now();

// Empty if the text does not begin with such a time.
[[nodiscard]] std::optional<SystemTime> parse_iso_time(const std::string& text);
[[nodiscard]] std::optional<SystemTime> parse_http_time(const std::string& text);

[[nodiscard]] double seconds_since_1970(SystemTime time = std::chrono::system_clock::now());

}  // namespace bingefriend
