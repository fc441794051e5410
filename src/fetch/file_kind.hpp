// What kind of file it is if it is neither JSON nor CSV.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

inline constexpr std::size_t file_kind_bytes = 512;  // to look at

// Why a file with this beginning (decompressed) cannot be read, and what to do; empty if it may be JSON or
// CSV in UTF-8.
[[nodiscard]] std::string why_not_text(std::string_view head);

}  // namespace bingefriend
