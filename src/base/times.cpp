#include "base/times.hpp"

#include <fmt/chrono.h>

#include <ctime>

namespace bingefriend {
namespace {

using std::chrono::system_clock;

std::tm utc(SystemTime time) {
    return fmt::gmtime(system_clock::to_time_t(time));
}

std::optional<SystemTime> parse_time(const std::string& text, const char* format) {
    std::tm parts{};
    return ::strptime(text.c_str(), format, &parts) == nullptr
               ? std::nullopt
               : std::optional(system_clock::from_time_t(::timegm(&parts)));
}

}  // namespace

std::string iso_time(SystemTime time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc(time));
}

std::string iso_time_with_milliseconds(SystemTime time) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", utc(time), milliseconds.count() % 1'000);
}

std::string compact_iso_time(SystemTime time) {
    return fmt::format("{:%Y%m%dT%H%M%SZ}", utc(time));
}

std::string http_time(SystemTime time) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", utc(time));
}

std::string mail_time(SystemTime time) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", utc(time));
}

std::string_view http_time_now() {
    thread_local std::time_t second = 0;
    thread_local std::string text;
    const SystemTime now = system_clock::now();
    if (system_clock::to_time_t(now) != second) {
        second = system_clock::to_time_t(now);
        text = http_time(now);
    }
    return text;
}

std::optional<SystemTime> parse_iso_time(const std::string& text) {
    return parse_time(text, "%Y-%m-%dT%H:%M:%SZ");
}

std::optional<SystemTime> parse_http_time(const std::string& text) {
    return parse_time(text, "%a, %d %b %Y %H:%M:%S GMT");
}

double seconds_since_1970(SystemTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace bingefriend
