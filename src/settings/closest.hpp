// The name that somebody probably meant to type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// Returns the name that begins with `typed` or differs from it by few typing errors, whatever the case.
// Empty if there is none.
[[nodiscard]] std::string closest(std::string_view typed, const std::vector<std::string>& names);

}  // namespace bingefriend
