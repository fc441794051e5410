// The steps of the schema, and which of them a database has.
#pragma once

#include <vector>

#include "store/sqlite_connection.hpp"
#include "store/store.hpp"

namespace bingefriend {

// Throws Error{foreign} for a database that is neither ours nor the original system's, or that a
// later version of this program has changed.
[[nodiscard]] std::vector<Migration> migrations_of(SqliteConnection& connection);

// Applies what is missing, each step in one transaction, and returns it.
std::vector<Migration> apply_migrations(SqliteConnection& connection);

// Throws Error{unavailable} unless every step is applied.
void require_current_schema(SqliteConnection& connection);

}  // namespace bingefriend
