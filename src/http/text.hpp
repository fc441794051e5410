// Text of HTTP headers and URIs: how it is split, compared and decoded.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

// Removes the text before the next `separator` from `rest` and returns it.
inline std::string_view next_part(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// ASCII only, in every locale.
constexpr char lower_case(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Compares names of headers, schemes and codings, which ignore case.
constexpr bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower_case(x) == lower_case(y); });
}

// None if an escape is invalid.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

// True for host[:port] as in a URI, without a user.  The host may be empty.
[[nodiscard]] bool is_authority(std::string_view text);

}  // namespace bingefriend
