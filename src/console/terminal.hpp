// What the terminal can do.
#pragma once

#include <cstddef>
#include <limits>

namespace bingefriend {

constexpr std::size_t any_width = std::numeric_limits<std::size_t>::max();

// True if a line on it can be overwritten. False for a file, a pipe and TERM=dumb.
[[nodiscard]] bool can_redraw(int descriptor) noexcept;

// Returns COLUMNS, else what the terminal reports, else 80; any_width if the descriptor is not a terminal.
[[nodiscard]] std::size_t terminal_columns(int descriptor) noexcept;

}  // namespace bingefriend
