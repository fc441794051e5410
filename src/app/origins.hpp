// The origins that browsers may call the API from.
#pragma once

#include <string>
#include <vector>

#include "app/settings.hpp"

namespace bingefriend {

// ALLOWED_ORIGINS: a JSON array or a list with commas.  Throws Error{usage} for an entry that no browser
// sends as its origin, and so would never match: anything but "*" and scheme://host[:port] as browsers write
// it.
[[nodiscard]] std::vector<std::string> allowed_origins(const Environment& environment);

}  // namespace bingefriend
