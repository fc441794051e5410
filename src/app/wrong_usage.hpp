// What to say about a command line that cannot be understood.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace bingefriend {

// Names the first word that the command line does not know, with the closest known one; else what CLI11 says.
// Secrets of the arguments are not shown.
[[nodiscard]] Error usage_error(const CLI::App& app, const CLI::ParseError& error, int argc,
                                const char* const* argv);

// The name that was probably meant: one that begins with `typed`, or one with few typing errors. Empty if
// none.
[[nodiscard]] std::string closest(std::string_view typed, const std::vector<std::string>& names);

}  // namespace bingefriend
