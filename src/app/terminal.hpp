// What the terminal can do that a person sits at.
#pragma once

#include <cstddef>
#include <limits>

namespace bingefriend {

constexpr std::size_t any_width = std::numeric_limits<std::size_t>::max();

// Whether a line on it can be written over. False for a file, a pipe and TERM=dumb.
[[nodiscard]] bool can_redraw(int descriptor) noexcept;

// COLUMNS, else what the terminal says, else 80. any_width if the descriptor is not a terminal.
[[nodiscard]] std::size_t terminal_columns(int descriptor) noexcept;

}  // namespace bingefriend
