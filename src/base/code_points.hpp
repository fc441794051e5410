// Walks over the code points of UTF-8.
#pragma once

#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bingefriend {

// The code point that begins at byte `at`, which moves behind it; negative if the bytes are not UTF-8.
// REQUIRES: at < text.size().
[[nodiscard]] inline std::int32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
    const char* const bytes = text.data() + at;
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, U8_MAX_LENGTH));
    std::int32_t length = 0;
    std::int32_t c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro narrows on purpose
    U8_NEXT(bytes, length, size, c);
#pragma GCC diagnostic pop
    at += static_cast<std::size_t>(length);
    return c;
}

// Like next_code_point, but U+FFFD for bytes that are not UTF-8.
[[nodiscard]] inline char32_t next_letter(std::string_view text, std::size_t& at) noexcept {
    const std::int32_t c = next_code_point(text, at);
    return c < 0 ? U'\xFFFD' : static_cast<char32_t>(c);
}

[[nodiscard]] inline std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    for (std::size_t at = 0; at < text.size();) {
        letters += next_letter(text, at);
    }
    return letters;
}

}  // namespace bingefriend
