#include "serve/request_id.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <random>

namespace bingefriend {

std::string new_request_id() {
    static const std::uint32_t process = std::random_device()();
    static std::atomic<std::uint64_t> next = 1;
    return fmt::format(FMT_COMPILE("{:08x}-{:08x}"), process, next.fetch_add(1, std::memory_order_relaxed));
}

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

}  // namespace bingefriend
