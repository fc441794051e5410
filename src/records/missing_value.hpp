// Texts that stand for a missing value.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"

namespace bingefriend {

// "", "nan", "None", "N/A" and the like, as pandas and spreadsheets write them.
[[nodiscard]] constexpr bool is_missing_value(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 12> missing{"",    "N/A", "n/a",  "NA",   "<NA>", "nan",
                                                       "NaN", "NAN", "None", "null", "NULL", "NaT"};
    return text.size() <= 4 && std::find(missing.begin(), missing.end(), text) != missing.end();
}

// The text without blanks around it; empty if it stands for none.
[[nodiscard]] constexpr std::string_view present_value(std::string_view text) noexcept {
    text = trimmed_widely(text);
    return is_missing_value(text) ? std::string_view() : text;
}

}  // namespace bingefriend
