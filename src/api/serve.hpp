// Public header of api: request + reader -> response.  Recommendations leave here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "base/secret.hpp"
#include "domain/published.hpp"
#include "http/options.hpp"

namespace bingefriend {

struct ServeOptions {
    HttpOptions http;
    std::size_t database_threads = 0;  // which wait for the database; 0: the I/O threads do
    std::size_t compute_threads = 1;   // for search, queries and pages of shows; at low priority
    std::size_t compute_queue = 64;    // requests that may wait for them; more are 503
    std::chrono::milliseconds queue_timeout{5'000};  // for a request that waits for a thread: 503
    std::size_t response_bytes = 128u << 20;         // bodies in memory, over all requests: 503
    Secret api_key;                                  // required by routes that need a key
    bool admin_open = false;  // without a key, those routes are open even if `host` is not loopback
    std::size_t answer_cache_bytes = 4u << 20;
    std::size_t show_cache_bytes = 24u << 20;     // show details in lists
    std::chrono::seconds max_age{60};             // how long a client may use a response without asking again
    std::chrono::milliseconds watch_period{250};  // how often the published generation is read
    std::string version;
    std::function<std::string()> run_reports;  // the last runs, newest first, as a JSON array; may be empty
};

// Throws Error{usage} for a trusted proxy that is neither an address nor a network.
void check(const ServeOptions& options);

// Answers requests until SIGINT or SIGTERM, then finishes active requests and returns.
// Calls `listening` once with the port, when connections are accepted.
// Throws Error{conflict} if the port is in use.
void serve(const ServeOptions& options, PublishedReader& reader,
           const std::function<void(std::uint16_t port)>& listening);

}  // namespace bingefriend
