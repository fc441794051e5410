// The vector code, compiled for each instruction set; the program uses the best that the processor has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "similarity/query_block.hpp"

namespace bingefriend {

// Compares the queries with every profile of the groups that can reach a lane's limit, and adds those that do
// to the block's shortlists.  `genre` is what the genres add: all groups have the same genre set.
void scan(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
          QueryBlock& block);

// REQUIRES: 0 < n <= values.size(), no value negative.
[[nodiscard]] Units nth_largest(std::span<const Units> values, std::size_t n);

// Appends the values that are at least `least` with their places, and sets all values to 0.
void take_at_least(std::span<Units> values, Units least, std::vector<std::uint32_t>& places,
                   std::vector<Units>& taken);

// The instruction sets of this build that this processor has, the best first.
[[nodiscard]] std::vector<std::string> instruction_sets();

// Makes all threads use this one from now on; an empty name stands for the best.  For tests and benchmarks.
// Throws std::invalid_argument if the name is not among instruction_sets().
void use_instruction_set(std::string_view name);

}  // namespace bingefriend
