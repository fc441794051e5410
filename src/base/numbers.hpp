// Text -> number.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace bingefriend {

// Empty unless the whole text is a number of this type within its range.
template <typename Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Also empty if the number is not within [min, max].
template <typename Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text, Number min, Number max) {
    const std::optional<Number> value = parse_number<Number>(text);
    return value && *value >= min && *value <= max ? value : std::nullopt;
}

}  // namespace bingefriend
