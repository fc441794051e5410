// Untrusted text (names, messages of servers, paths) -> text that is safe on a terminal and in a log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bingefriend {

// The text on one line, with nothing in it that a terminal obeys or does not show:
//   white space other than the blank (tab, line and page breaks) becomes a blank;
//   other controls, characters that change the direction of writing, those that take no room and bytes that
//   are not UTF-8 become what `less` shows for them: "<U+001B>", "<FF>".
// Marks that make one sign of several (in emoji and in scripts such as Arabic) stay.
[[nodiscard]] std::string display_text(std::string_view text);

// The same for text of several lines that the program laid out: the ends of its lines stay.
[[nodiscard]] std::string display_lines(std::string_view text);

// JSON with each such character written as \uXXXX: the same values for programs, harmless on a terminal.
// REQUIRES: JSON.
[[nodiscard]] std::string display_json(std::string_view json);

// Columns that a character takes on a terminal: 2 for wide East Asian characters and emoji, 0 for marks that
// combine with the character before, else 1. Does not depend on the locale.
[[nodiscard]] std::size_t display_width(std::int32_t code_point) noexcept;

}  // namespace bingefriend
