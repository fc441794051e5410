// The steps of the schema, and which of them a database has.
#pragma once

#include <vector>

#include "database/connection.hpp"
#include "store/store.hpp"

namespace bingefriend {

// Throws Error{foreign} for a database that is neither ours nor the original system's, or that a
// later version of this program has changed.
[[nodiscard]] std::vector<Migration> migrations_of(Connection& connection);

// Applies what is missing and returns it.  Each step is one transaction where the database can
// roll back a change of the schema; elsewhere a step that was cut short can be run again.
// REQUIRES: the lock of Database::lock_to_migrate.
std::vector<Migration> apply_migrations(Connection& connection);

// Throws Error{unavailable} unless every step is applied.
void require_current_schema(Connection& connection);

}  // namespace bingefriend
