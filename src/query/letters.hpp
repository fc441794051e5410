// The letters of a word: its code points.
#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bingefriend {

// The letter that begins at byte `at`, which moves behind it; U+FFFD for bytes that are not UTF-8.
// REQUIRES: at < text.size(), and a text under 2 GiB.
[[nodiscard]] inline char32_t next_letter(std::string_view text, std::size_t& at) noexcept {
    auto position = static_cast<std::int32_t>(at);
    std::int32_t letter = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro narrows on purpose
    U8_NEXT_OR_FFFD(text.data(), position, static_cast<std::int32_t>(text.size()), letter);
#pragma GCC diagnostic pop
    at = static_cast<std::size_t>(position);
    return static_cast<char32_t>(letter);
}

}  // namespace bingefriend
