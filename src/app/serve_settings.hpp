// What the settings say about the server.
#pragma once

#include "app/settings.hpp"
#include "serve/serve.hpp"

namespace bingefriend {

// `local_database`: one that answers without a network, on the threads of the server.
// Throws Error{usage} for a value that cannot be read.
[[nodiscard]] ServeOptions serve_options(const Options& options, const Environment& environment,
                                         bool local_database);

}  // namespace bingefriend
