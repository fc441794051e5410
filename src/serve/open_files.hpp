// How many files the process may open: each connection takes one.
#pragma once

#include <cstddef>

#include "serve/serve.hpp"

namespace bingefriend {

// Raises the limit to what the system lets the process have.
void allow_many_files();

// The connections that options allow, or fewer, with a warning, so that files are left for the threads and
// for the readers of the database.
[[nodiscard]] std::size_t connections_within_file_limit(const ServeOptions& options);

}  // namespace bingefriend
