#include "app/serve_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <thread>

#include "app/origins.hpp"
#include "app/version.hpp"
#include "base/error.hpp"

namespace bingefriend {
namespace {

double number(const Environment& environment, SettingKey key, double least, double most) {
    const std::string text = environment.value_or_default(key);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= least && value <= most)) {
        throw Error(ErrorKind::usage, fmt::format("{} cannot be used", key.setting().key), text,
                    fmt::format("give a number from {} to {}", least, most));
    }
    return value;
}

std::size_t count(const Environment& environment, SettingKey key, double least, double most) {
    const double value = number(environment, key, least, most);
    if (value != std::floor(value)) {
        throw Error(ErrorKind::usage, fmt::format("{} is not a whole number", key.setting().key), "",
                    fmt::format("give a whole number from {} to {}", least, most));
    }
    return static_cast<std::size_t>(value);
}

std::chrono::milliseconds seconds(const Environment& environment, SettingKey key, double least) {
    constexpr double day = 86'400;
    return std::chrono::milliseconds(std::llround(number(environment, key, least, day) * 1'000));
}

AccessLog access_log(const Environment& environment) {
    const std::string kind = environment.value_or_default("ACCESS_LOG");
    if (kind != "off" && kind != "text" && kind != "json") {
        throw Error(ErrorKind::usage, "ACCESS_LOG cannot be used", kind, "give off, text or json");
    }
    return kind == "text" ? AccessLog::text : kind == "json" ? AccessLog::json : AccessLog::off;
}

ServerLimits limits(const Environment& environment) {
    constexpr double most = 1'000'000;
    constexpr double shortest = 0.1;  // s: less would close on every client
    ServerLimits limits;
    limits.connections = count(environment, "MAX_CONNECTIONS", 1, most);
    limits.connections_an_address = count(environment, "MAX_CONNECTIONS_PER_ADDRESS", 1, most);
    limits.requests_a_second = number(environment, "RATE_LIMIT", 0, most);
    limits.burst = number(environment, "RATE_LIMIT_BURST", 0, most);
    limits.request_timeout = seconds(environment, "REQUEST_TIMEOUT", shortest);
    limits.idle_timeout = seconds(environment, "IDLE_TIMEOUT", shortest);
    limits.shutdown_timeout = seconds(environment, "SHUTDOWN_TIMEOUT", 0);
    return limits;
}

}  // namespace

ServeOptions serve_options(const Options& options, const Environment& environment, bool local_database) {
    constexpr std::size_t database_threads = 4;
    constexpr double most_threads = 1'024;
    constexpr double most_megabytes = 65'536;
    constexpr double year = 31'536'000;
    ServeOptions serve;
    serve.host = options.host;
    serve.port = port(options, environment);
    serve.threads =
        options.threads != 0 ? options.threads : std::max(2u, std::thread::hardware_concurrency());
    serve.database_threads = environment.value("DATABASE_THREADS")
                                 ? count(environment, "DATABASE_THREADS", 0, most_threads)
                             : local_database ? 0
                                              : database_threads;
    serve.compute_threads = count(environment, "COMPUTE_THREADS", 1, most_threads);
    serve.compute_queue = count(environment, "COMPUTE_QUEUE", 1, most_threads);
    serve.allowed_origins = allowed_origins(environment);
    serve.trusted_proxies = listed(environment.value_or_default("TRUSTED_PROXIES"));
    serve.api_key = environment.secret("API_KEY").value_or(Secret());
    serve.admin_open = yes_or_no(environment.value_or_default("ADMIN_OPEN"), "ADMIN_OPEN");
    serve.answer_cache_bytes = count(environment, "ANSWER_CACHE_MB", 0, most_megabytes) << 20;
    serve.show_cache_bytes = count(environment, "SHOW_CACHE_MB", 0, most_megabytes) << 20;
    serve.max_age = std::chrono::seconds(count(environment, "CACHE_MAX_AGE", 0, year));
    serve.access_log = access_log(environment);
    serve.version = version;
    serve.limits = limits(environment);
    check(serve);
    return serve;
}

}  // namespace bingefriend
