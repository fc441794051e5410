// A text without the blanks around it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace bingefriend {

[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// The same for texts of any origin: also without NUL, vertical tabs, form feeds, no-break, zero-width and
// ideographic spaces and byte order marks, in UTF-8.
[[nodiscard]] constexpr std::string_view trimmed_widely(std::string_view text) noexcept {
    constexpr std::string_view bytes("\0 \t\r\n\v\f", 7);
    constexpr std::array<std::string_view, 4> wide{"\xc2\xa0", "\xe2\x80\x8b", "\xe3\x80\x80",
                                                   "\xef\xbb\xbf"};
    for (bool more = true; more && !text.empty();) {
        more = false;
        if (bytes.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
            more = true;
        } else if (bytes.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
            more = true;
        } else if ((text.front() & 0x80) != 0 || (text.back() & 0x80) != 0) {
            for (const std::string_view blank : wide) {
                if (text.starts_with(blank)) {
                    text.remove_prefix(blank.size());
                    more = true;
                }
                if (text.ends_with(blank)) {
                    text.remove_suffix(blank.size());
                    more = true;
                }
            }
        }
    }
    return text;
}

}  // namespace bingefriend
