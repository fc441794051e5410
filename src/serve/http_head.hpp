// The head of an answer, as bytes.
#pragma once

#include <string>
#include <string_view>

#include "serve/response.hpp"

namespace bingefriend {

// Status line and headers, with the empty line that ends them.  `reason` is the status in words.
[[nodiscard]] std::string head_of(const Response& response, std::string_view reason,
                                  std::string_view request_id, bool keep_alive);

}  // namespace bingefriend
