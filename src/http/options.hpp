// Options of the HTTP server.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// Limits for untrusted clients.
struct ServerLimits {
    std::size_t connections = 4'096;                    // more take the place of the slowest client, or wait
    std::size_t connections_per_address = 2'048;        // more are refused, except from trusted proxies
    std::uint32_t header_bytes = 16 * 1'024;            // 431
    std::size_t target_bytes = 8 * 1'024;               // 414
    std::uint64_t body_bytes = 64 * 1'024;              // 413
    std::chrono::milliseconds request_timeout{10'000};  // for a whole request to arrive
    std::chrono::milliseconds idle_timeout{60'000};     // between requests
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds shutdown_timeout{10'000};  // for active requests when the server stops
    double requests_per_second = 0;                      // per address; 0: unlimited
    double burst = 0;                                    // requests at once; 0: two seconds' worth
};

enum class AccessLog { off, text, json };

struct HttpOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;                 // 0: any free port
    std::size_t threads = 2;                   // I/O threads
    std::size_t files_of_others = 32;          // that the rest of the process may have open
    std::vector<std::string> allowed_origins;  // CORS; "*" allows every origin
    std::vector<std::string> trusted_proxies;  // addresses and networks whose X-Forwarded-For counts
    AccessLog access_log = AccessLog::off;
    // Writes lines of the access log and returns the number of bytes written.  Called by one thread.  May
    // wait for its reader, after a stop only briefly.  Empty: no access log.
    std::function<std::size_t(std::string_view lines, const std::stop_token& stop)> write_access_lines;
    // Called when lines of the access log begin to be lost (true) and when they are written again.  Called by
    // any thread.
    std::function<void(bool losing)> report_access_log;
    ServerLimits limits;
};

}  // namespace bingefriend
