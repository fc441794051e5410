// Words too common to tell shows apart.
#pragma once

#include <string_view>

namespace bingefriend {

// `token` in lower case.
[[nodiscard]] bool is_stop_word(std::string_view token) noexcept;

}  // namespace bingefriend
