#include "base/memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <fstream>

// jemalloc's, in the builds that have it.
extern "C" __attribute__((weak)) int mallctl(const char* name, void* old_value, std::size_t* old_size,
                                             void* new_value, std::size_t new_size);

namespace bingefriend {

std::uint64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    file >> total >> resident;
    return file ? resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

std::uint64_t peak_resident_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1'024;
}

void give_freed_memory_back_soon() {
    ::ssize_t milliseconds = 2'000;
    if (mallctl != nullptr) {
        (void)mallctl("arena.0.dirty_decay_ms", nullptr, nullptr, &milliseconds, sizeof(milliseconds));
    }
}

}  // namespace bingefriend
