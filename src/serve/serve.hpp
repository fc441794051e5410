// Public header of serve: request + reader -> response.  Recommendations leave here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "domain/published.hpp"
#include "domain/query.hpp"

namespace bingefriend {

// What a stranger may take of the server.
struct ServerLimits {
    std::size_t connections = 4'096;                    // further ones take the place of an idle one, or wait
    std::size_t connections_an_address = 2'048;         // further ones are refused; named proxies are exempt
    std::uint32_t header_bytes = 16 * 1'024;            // 431
    std::size_t target_bytes = 8 * 1'024;               // 414
    std::uint64_t body_bytes = 64 * 1'024;              // 413
    std::size_t response_bytes = 128u << 20;            // bodies in memory, over all requests: 503
    std::chrono::milliseconds request_timeout{10'000};  // for a whole request to arrive
    std::chrono::milliseconds idle_timeout{60'000};     // between requests
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds shutdown_timeout{10'000};  // for requests under way when it is told to stop
    std::chrono::milliseconds queue_timeout{5'000};      // for a thread of the database to be free: 503
    double requests_a_second = 0;                        // an address; 0: as many as it likes
    double burst = 0;                                    // at once; 0: two seconds' worth
};

enum class AccessLog { off, text, json };

struct ServeOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;         // 0: any free port
    std::size_t threads = 2;           // of the network; each may hold a reader
    std::size_t database_threads = 0;  // which wait for the database; 0: those of the network do
    std::size_t compute_threads = 1;  // of computed answers: search, queries, pages of shows; at low priority
    std::size_t compute_queue = 64;   // computed answers that may wait; further ones are 503
    std::vector<std::string> allowed_origins;  // CORS; "*" allows every origin
    std::vector<std::string> trusted_proxies;  // addresses and networks whose X-Forwarded-For counts
    Secret api_key;                            // asked for by routes that need it
    bool admin_open = false;  // no key set: those routes are open, not only if `host` is loopback
    std::size_t answer_cache_bytes = 4u << 20;
    std::size_t show_cache_bytes = 24u << 20;     // what lists tell of shows
    std::chrono::seconds max_age{60};             // how long a client may keep an answer without asking again
    std::chrono::milliseconds watch_period{250};  // how often the published generation is looked up
    AccessLog access_log = AccessLog::off;
    // Writes lines of the access log and returns how many bytes it could write; one thread. It may wait for
    // its reader, after a stop only for a moment. Empty: no access log.
    std::function<std::size_t(std::string_view lines, const std::stop_token& stop)> write_access_lines;
    // Called when lines of the access log begin to be lost (true) and when they are written again; any
    // thread.
    std::function<void(bool losing)> report_access_log;
    std::string version;
    std::function<std::string()> run_reports;  // the last runs, newest first, as a JSON array; may be empty
    QueryAnswerer* queries = nullptr;          // outlives the server; null: what no list answers is 503
    ServerLimits limits;
};

// Throws Error{usage} for a trusted proxy that is not an address or network.
void check(const ServeOptions& options);

// Answers requests until SIGINT or SIGTERM, then finishes those under way and returns.
// `listening` is called once with the port, when connections are accepted.
// Throws Error{conflict} where the port is in use.
void serve(const ServeOptions& options, const ReaderFactory& open_reader,
           const std::function<void(std::uint16_t port)>& listening);

}  // namespace bingefriend
