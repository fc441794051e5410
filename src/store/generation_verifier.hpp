// Looks through all that a generation stores and compares it with its checksums.
#pragma once

#include <cstdint>
#include <functional>

#include "domain/verification.hpp"
#include "store/connection_pool.hpp"

namespace bingefriend {

// Reads some hundred rows at a time, each time on a connection of the pool, so that it holds no snapshot
// open. Calls `may_go_on` between: it may wait, and ends the work where it returns false.  Throws
// DatabaseError where the database cannot be reached; damage is in the result.
[[nodiscard]] Verification verify_generation(ConnectionPool& pool, std::int64_t generation,
                                             const std::function<bool()>& may_go_on);

}  // namespace bingefriend
