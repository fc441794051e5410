// Values that are read soon: memory brings them while others are at work.
#pragma once

#include <cstddef>
#include <span>

namespace bingefriend {

template <typename Value>
void prefetch(std::span<const Value> values) noexcept {
    constexpr std::size_t line = 64;
    for (std::size_t i = 0; i < values.size(); i += line / sizeof(Value)) {
        __builtin_prefetch(&values[i]);
    }
}

}  // namespace bingefriend
