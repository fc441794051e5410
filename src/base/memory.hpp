// Memory of the process.
#pragma once

#include <cstdint>

namespace bingefriend {

[[nodiscard]] std::uint64_t resident_bytes();       // now; 0 if unknown
[[nodiscard]] std::uint64_t peak_resident_bytes();  // the most since the process began

// Freed memory returns to the system after two seconds, not half a minute: for a process that stays.
void give_freed_memory_back_soon();

}  // namespace bingefriend
