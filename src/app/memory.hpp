// What memory the process holds.
#pragma once

#include <cstdint>

namespace bingefriend {

[[nodiscard]] std::uint64_t resident_bytes();       // now; 0 where the system does not tell
[[nodiscard]] std::uint64_t peak_resident_bytes();  // the most since the process began

}  // namespace bingefriend
