// The door of serve: request + reader -> response.  Recommendations leave here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "domain/published.hpp"

namespace bingefriend {

struct ServeOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;                 // 0: any free port
    std::size_t threads = 2;                   // each with a reader of its own
    std::vector<std::string> allowed_origins;  // CORS; "*" allows every origin
    std::string version;
};

// Answers requests until SIGINT or SIGTERM, then finishes those under way and returns.
// `listening` is called once with the port, when connections are accepted.
// Throws Error{conflict} where the port is in use.
void serve(const ServeOptions& options, const ReaderFactory& open_reader,
           const std::function<void(std::uint16_t port)>& listening);

}  // namespace bingefriend
