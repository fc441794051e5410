// One line a request, on the standard output.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "serve/serve.hpp"

namespace spdlog {
class logger;
}

namespace bingefriend {

struct AccessRecord {
    std::string_view request_id, client, method, target, route, user_agent;
    unsigned status = 0;
    std::size_t bytes = 0;  // of the body
    std::chrono::nanoseconds took{};
};

// Any thread.
class AccessLogger {
  public:
    explicit AccessLogger(AccessLog kind);

    void write(const AccessRecord& record) const;

  private:
    AccessLog kind_;
    std::shared_ptr<spdlog::logger> log_;  // spdlog shares its sinks
};

// The line, without its end; `time` as utc_now() tells it.  The values of parameters that
// may be a key or another secret (?code=) are left out.
[[nodiscard]] std::string access_line(AccessLog kind, const AccessRecord& record, std::string_view time);

}  // namespace bingefriend
