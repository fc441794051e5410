// Request + reader -> response: the way of every request through the table of routes.  Knows no sockets.
#pragma once

#include <string_view>

#include "serve/route.hpp"

namespace bingefriend {

// Never throws: what goes wrong is logged and answered.
[[nodiscard]] Response respond(const Request& request, ReaderSource& source, std::string_view version);

}  // namespace bingefriend
