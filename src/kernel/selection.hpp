// Finds the largest of many scores in fixed point, compiled for each instruction set as scan.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/scan_index.hpp"

namespace bingefriend {

// REQUIRES: 0 < n <= values.size(), no value negative.
[[nodiscard]] Units nth_largest(std::span<const Units> values, std::size_t n);

// Appends the values that are at least `least` with their places, and sets all values to 0.
void take_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                   std::vector<Units>& taken);

}  // namespace bingefriend
