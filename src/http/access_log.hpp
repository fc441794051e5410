// The access log: one line per request.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/line_queue.hpp"
#include "http/options.hpp"

namespace bingefriend {

struct AccessRecord {
    std::string_view request_id, client, method, target, route, user_agent;
    unsigned status = 0;
    std::size_t bytes = 0;  // of the body
    std::chrono::nanoseconds took{};
};

// Thread-safe.
class AccessLogger {
  public:
    // Counts lines that cannot be written in `lost`.
    AccessLogger(const HttpOptions& options, std::atomic<std::uint64_t>& lost);

    void write(const AccessRecord& record);

  private:
    AccessLog kind_;
    std::optional<LineQueue> lines_;  // none if the log is off
};

// The line, without its end.  `time` comes from iso_time_with_milliseconds().  Omits the values of parameters
// that may be a key or another secret (?code=).
[[nodiscard]] std::string access_line(AccessLog kind, const AccessRecord& record, std::string_view time);

}  // namespace bingefriend
