// Walks over the code points of UTF-8.
#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bingefriend {

// The code point that begins at byte `at`, which moves behind it; negative where the bytes are not UTF-8.
// REQUIRES: at < text.size(), and a text under 2 GiB.
[[nodiscard]] inline std::int32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
    auto position = static_cast<std::int32_t>(at);
    std::int32_t c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro narrows on purpose
    U8_NEXT(text.data(), position, static_cast<std::int32_t>(text.size()), c);
#pragma GCC diagnostic pop
    at = static_cast<std::size_t>(position);
    return c;
}

}  // namespace bingefriend
