// How texts of HTTP headers are cut and compared.
#pragma once

#include <algorithm>
#include <string_view>

namespace bingefriend {

// Cuts the text before the next `separator` off `rest`.
inline std::string_view next_part(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

// In ASCII, whatever the locale.
constexpr char lower_case(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Names of headers, schemes and codings are equal in any case.
constexpr bool same_in_any_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower_case(x) == lower_case(y); });
}

}  // namespace bingefriend
