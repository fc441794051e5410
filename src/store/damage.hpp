// What to do about a database that does not hold what was written.
#pragma once

#include <string_view>

#include "database/connection.hpp"

namespace bingefriend {

// Throws DatabaseError{damaged}.  what: which rows, and why.
[[noreturn]] inline void report_damage(const Connection& connection, std::string_view what) {
    throw DatabaseError(Failure::damaged, ErrorKind::damaged, "the database is damaged",
                        connection.where() + ": " + std::string(what), connection.remedy_for_damage());
}

}  // namespace bingefriend
