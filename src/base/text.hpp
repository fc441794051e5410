// Trimming, splitting and comparing text.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace bingefriend {

// Without blanks at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// The same for untrusted text: also without NUL, vertical tabs, form feeds, no-break, zero-width and
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

// Removes the text before the next `separator` from `rest`, with the separator, and returns it.
[[nodiscard]] constexpr std::string_view next_part(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// ASCII only, in any locale.
constexpr char lower_case(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Compares without case, ASCII only.
constexpr bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower_case(x) == lower_case(y); });
}

}  // namespace bingefriend
