#include "app/commands/serve_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <thread>

#include "app/version.hpp"
#include "base/error.hpp"
#include "base/numbers.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool has_only(std::string_view text, std::string_view others) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return letters_and_digits.find(c) != std::string_view::npos ||
               others.find(c) != std::string_view::npos;
    });
}

bool is_port(std::string_view text, std::string_view scheme) {
    const auto port = parse_number<std::uint16_t>(text);
    const bool is_default = (scheme == "http" && port == 80) || (scheme == "https" && port == 443);
    return port && text.front() != '0' && !is_default;
}

// An origin as browsers write it: in lower case, without a path, and without the default port of the scheme.
bool is_origin(std::string_view text) {
    const std::size_t scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) {
        return false;
    }
    const std::string_view scheme = text.substr(0, scheme_end);
    const std::string_view authority = text.substr(scheme_end + 3);
    const std::size_t host_end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    const std::string_view host = authority.substr(0, host_end);
    const std::string_view port = authority.substr(host.size());
    const bool host_is_good =
        host.starts_with('[') ? has_only(host.substr(1, host.size() - 2), ":.") : has_only(host, "-._");
    return has_only(scheme, "+-.") && host_is_good &&
           (port.empty() || (port.starts_with(':') && is_port(port.substr(1), scheme)));
}

std::vector<std::string> from_json(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto is_text = [](const nlohmann::json& entry) { return entry.is_string(); };
    if (!json.is_array() || !std::all_of(json.begin(), json.end(), is_text)) {
        throw Error(ErrorKind::usage, "ALLOWED_ORIGINS is not a JSON array of strings", "",
                    "give [\"https://one\", \"https://two\"]");
    }
    return json.get<std::vector<std::string>>();
}

std::chrono::milliseconds seconds(const Environment& environment, SettingKey key, double min) {
    constexpr double day = 86'400;
    return std::chrono::milliseconds(std::llround(environment.number(key, min, day) * 1'000));
}

AccessLog access_log(const Environment& environment) {
    const std::string kind = environment.value_or_default("ACCESS_LOG");
    if (kind != "off" && kind != "text" && kind != "json") {
        throw Error(ErrorKind::usage, "ACCESS_LOG cannot be used", kind, "give off, text or json");
    }
    return kind == "text" ? AccessLog::text : kind == "json" ? AccessLog::json : AccessLog::off;
}

ServerLimits limits(const Environment& environment) {
    constexpr double max = 1'000'000;
    constexpr double min_timeout = 0.1;  // s; a shorter one closes every connection
    ServerLimits limits;
    limits.connections = environment.whole_number("MAX_CONNECTIONS", 1, max);
    limits.connections_per_address = environment.whole_number("MAX_CONNECTIONS_PER_ADDRESS", 1, max);
    limits.requests_per_second = environment.number("RATE_LIMIT", 0, max);
    limits.burst = environment.number("RATE_LIMIT_BURST", 0, max);
    limits.request_timeout = seconds(environment, "REQUEST_TIMEOUT", min_timeout);
    limits.idle_timeout = seconds(environment, "IDLE_TIMEOUT", min_timeout);
    limits.shutdown_timeout = seconds(environment, "SHUTDOWN_TIMEOUT", 0);
    return limits;
}

}  // namespace

std::vector<std::string> allowed_origins(const Environment& environment) {
    const std::string text = environment.value_or_default("ALLOWED_ORIGINS");
    std::vector<std::string> origins = text.starts_with('[') ? from_json(text) : split_at_commas(text);
    for (const std::string& origin : origins) {
        if (origin != "*" && !is_origin(origin)) {
            throw Error(ErrorKind::usage, "ALLOWED_ORIGINS has an entry that is not an origin", origin,
                        "give scheme://host or scheme://host:port in lower case, without a path, or * alone");
        }
    }
    return origins;
}

std::uint16_t port(const ListenOptions& options, const Environment& environment) {
    if (options.port) {
        return *options.port;
    }
    const SettingKey key = environment.value("FUNCTIONS_CUSTOMHANDLER_PORT")
                               ? SettingKey("FUNCTIONS_CUSTOMHANDLER_PORT")
                               : SettingKey("PORT");
    return static_cast<std::uint16_t>(environment.whole_number(key, 0, 65'535));
}

ServeOptions serve_options(const ListenOptions& options, const Environment& environment,
                           bool local_database) {
    constexpr std::size_t database_threads = 4;
    constexpr double max_threads = 1'024;
    constexpr double max_megabytes = 65'536;
    constexpr double year = 31'536'000;
    ServeOptions serve;
    serve.http.host = options.host;
    serve.http.port = port(options, environment);
    serve.http.threads =
        options.threads != 0 ? options.threads : std::max(2u, std::thread::hardware_concurrency());
    serve.database_threads = environment.value("DATABASE_THREADS")
                                 ? environment.whole_number("DATABASE_THREADS", 0, max_threads)
                             : local_database ? 0
                                              : database_threads;
    serve.compute_threads = environment.whole_number("COMPUTE_THREADS", 1, max_threads);
    serve.compute_queue = environment.whole_number("COMPUTE_QUEUE", 1, max_threads);
    serve.http.allowed_origins = allowed_origins(environment);
    serve.http.trusted_proxies = split_at_commas(environment.value_or_default("TRUSTED_PROXIES"));
    serve.api_key = environment.secret("API_KEY").value_or(Secret());
    serve.admin_open = yes_or_no(environment.value_or_default("ADMIN_OPEN"), "ADMIN_OPEN");
    serve.answer_cache_bytes = environment.whole_number("ANSWER_CACHE_MB", 0, max_megabytes) << 20;
    serve.show_cache_bytes = environment.whole_number("SHOW_CACHE_MB", 0, max_megabytes) << 20;
    serve.max_age = std::chrono::seconds(environment.whole_number("CACHE_MAX_AGE", 0, year));
    serve.http.access_log = access_log(environment);
    serve.version = version;
    serve.http.limits = limits(environment);
    check(serve);
    return serve;
}

}  // namespace bingefriend
