// Numbers as they stand in a path or a query.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace bingefriend {

// None where any of the text is not of the number, or it does not fit.
template <typename Number>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace bingefriend
