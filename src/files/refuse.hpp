// The one way in which a feature file is refused.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// Throws Error{input}: which file, what is wrong with it, and how to have a good one.
[[noreturn]] void refuse_file(const std::string& where, std::string_view what);

}  // namespace bingefriend
