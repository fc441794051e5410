// How much room a character takes on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bingefriend {

// 2 for wide East Asian characters and emoji, 0 for marks that stand on the character before, else 1. It asks
// no locale, so it is the same everywhere.
[[nodiscard]] std::size_t display_width(std::int32_t code_point) noexcept;

}  // namespace bingefriend
