// The settings of the server, from flags and environment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/serve.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

struct ListenOptions {
    std::string host = "127.0.0.1";
    std::optional<std::uint16_t> port;
    std::size_t threads = 0;  // 0: one per core
};

// `local_database`: it answers without a network, on the threads of the server.
// Throws Error{usage} if a setting is invalid.
[[nodiscard]] ServeOptions serve_options(const ListenOptions& options, const Environment& environment,
                                         bool local_database);

// The Azure Functions host sets FUNCTIONS_CUSTOMHANDLER_PORT, which wins over PORT.
[[nodiscard]] std::uint16_t port(const ListenOptions& options, const Environment& environment);

// Returns ALLOWED_ORIGINS: a JSON array or comma-separated values. Throws Error{usage} for an entry that no
// browser sends as its origin and that would never match: anything but "*" and scheme://host[:port] as
// browsers write it.
[[nodiscard]] std::vector<std::string> allowed_origins(const Environment& environment);

}  // namespace bingefriend
