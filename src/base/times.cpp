#include "base/times.hpp"

#include <fmt/chrono.h>

#include <chrono>
#include <ctime>

namespace bingefriend {

using std::chrono::system_clock;

double seconds_since_1970() {
    return std::chrono::duration<double>(system_clock::now().time_since_epoch()).count();
}

double seconds_since_1970(const std::string& utc) {
    std::tm parts{};
    return ::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr
               ? 0.0
               : static_cast<double>(::timegm(&parts));
}

std::string_view http_date() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    const std::time_t now = system_clock::to_time_t(system_clock::now());
    if (now != second) {
        second = now;
        text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now));
    }
    return text;
}

std::string utc_now() {
    const auto now = system_clock::now();
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1'000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(system_clock::to_time_t(now)),
                       milliseconds);
}

}  // namespace bingefriend
