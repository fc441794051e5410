// One text for each question, however it is spelt: the key of the answer cache and part of the ETag.
#pragma once

#include <string>

#include "api/route.hpp"
#include "api/target.hpp"

namespace bingefriend {

// Equal for two targets of a route only if they have the same answer: n=05, n=5&n=5 and n=5; genre= and no
// genre; min_similarity=0.0 and none.  A value that cannot be read stays as it is.
[[nodiscard]] std::string canonical_text(const Target& target, const Route& route);

}  // namespace bingefriend
