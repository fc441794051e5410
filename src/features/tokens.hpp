// Text -> tokens: lower-case words without accents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/code_points.hpp"

namespace bingefriend {

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

// Lower case by Unicode's full mapping; then, unless all is ASCII, NFKD without the characters of a
// combining class other than 0.
[[nodiscard]] std::string normalised_text(std::string_view text);

[[nodiscard]] bool is_word_character_beyond_ascii(std::int32_t code_point) noexcept;

[[nodiscard]] inline bool is_word_character(std::int32_t c) noexcept {
    return c >= 0x80 ? is_word_character_beyond_ascii(c)
                     : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Calls `visit` with every maximal run of two or more word characters, in order.  Word characters
// are letters, digits and other numerics of Unicode, and "_".
template <typename Visit>
void for_each_token(std::string_view normalised, Visit visit) {
    std::size_t start = 0;
    std::size_t characters = 0;
    const auto end_at = [&](std::size_t end) {
        if (characters >= 2) {
            visit(normalised.substr(start, end - start));
        }
        characters = 0;
    };
    for (std::size_t at = 0; at < normalised.size();) {
        const std::size_t before = at;
        if (!is_word_character(next_code_point(normalised, at))) {
            end_at(before);
        } else if (characters++ == 0) {
            start = before;
        }
    }
    end_at(normalised.size());
}

}  // namespace bingefriend
