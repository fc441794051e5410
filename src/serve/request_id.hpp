// The name of a request in answers and logs.
#pragma once

#include <string>
#include <string_view>

namespace bingefriend {

// Differs from all others of this process and, but for chance, of any other.  Any thread.
[[nodiscard]] std::string new_request_id();

// Whether a client's own name may be taken over: up to 64 letters, digits, "-", "_" and ".".
[[nodiscard]] bool is_request_id(std::string_view text);

}  // namespace bingefriend
