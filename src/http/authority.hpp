// The authority of a URI or of a Host header.
#pragma once

#include <string_view>

namespace bingefriend {

// True for host[:port] as in a URI, without a user.  The host may be empty.
[[nodiscard]] bool is_authority(std::string_view text);

}  // namespace bingefriend
