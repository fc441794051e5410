// Public header of query: any question to the published catalogue -> its answer, with the kernel's own scores.
//
// The features of the generation are read from the database when they are prepared, or when the first
// question needs them: some 30 ms for 85,000 shows.  They take some 20 MB of memory, and twice that for the
// moment of a change.
#pragma once

#include <memory>

#include "domain/query.hpp"

namespace bingefriend {

[[nodiscard]] std::unique_ptr<QueryAnswerer> open_queries();

}  // namespace bingefriend
