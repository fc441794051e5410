// The session settings of a connection to MySQL or MariaDB.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace bingefriend {

// The statements that a new connection runs first.  They set every variable whose default, which an
// administrator may change, alters what our statements do: a session is the same on every server.  `idle`:
// the server ends the session if it is idle for that long.
[[nodiscard]] std::vector<std::string> session_settings(std::chrono::seconds idle);

}  // namespace bingefriend
