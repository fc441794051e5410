// What the failures of a MySQL or MariaDB server mean to a person, and whether they can pass.
#pragma once

#include <string>

#include "database/connection.hpp"

namespace bingefriend {

// `code` and `message` as the client library has them.
[[nodiscard]] DatabaseError mysql_error(unsigned code, const std::string& message, const std::string& where);

}  // namespace bingefriend
