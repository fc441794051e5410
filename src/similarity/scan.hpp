// The vector code, in one build for each instruction set; the best that the processor has is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "similarity/fixed_point.hpp"
#include "similarity/query_block.hpp"

namespace bingefriend {

// Compares the queries with every profile of the groups that can reach a lane's limit, and has the block
// keep those that do.  `genre` is what the genres add: the groups are of one genre set.
void scan(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
          QueryBlock& block);

// REQUIRES: 0 < n <= values.size(), no value negative.
[[nodiscard]] Units nth_largest(std::span<const Units> values, std::size_t n);

// Appends the values that are at least `least` with their places, and sets all values to 0.
void take_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                   std::vector<Units>& taken);

// The instruction sets that this build has code for and this processor knows, the best first.
[[nodiscard]] std::vector<std::string> instruction_sets();

// From now on all threads use this one; the best again where the name is empty.  For tests and benchmarks.
// Throws std::invalid_argument for one that is not among instruction_sets().
void use_instruction_set(std::string_view name);

}  // namespace bingefriend
