// Times as HTTP, the log and the metrics write them.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

[[nodiscard]] double seconds_since_1970();

// Of "2026-11-22T09:00:00Z"; 0 where it is no such text.
[[nodiscard]] double seconds_since_1970(const std::string& utc);

// Now: "Sun, 22 Nov 2026 09:00:00 GMT".  Made once a second and thread.
[[nodiscard]] std::string_view http_date();

// Now: "2026-11-22T09:00:00.123Z".
[[nodiscard]] std::string utc_now();

}  // namespace bingefriend
