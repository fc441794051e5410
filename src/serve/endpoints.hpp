// The endpoints that the table of routes names.
#pragma once

#include "serve/route.hpp"

namespace bingefriend {

// recommendations.cpp
[[nodiscard]] Response recommendations(const Call& call);

// operation.cpp
[[nodiscard]] Response stats(const Call& call);
[[nodiscard]] Response health(const Call& call);

}  // namespace bingefriend
