// Compression of answers.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// The text as a gzip file.
[[nodiscard]] std::string gzipped(std::string_view text);

}  // namespace bingefriend
