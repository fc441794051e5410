// The vector code, compiled for each instruction set; the program uses the best that the processor has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/query_block.hpp"

namespace bingefriend {

// Compares the queries with every profile of the groups that can reach a lane's limit, and adds those that do
// to the block's shortlists.  `genre` is what the genres add: all groups have the same genre set.
void scan(const ScanIndex& index, std::span<const Profiles::Group> groups, const LaneUnits& genre,
          QueryBlock& block);

// The same for profiles of one genre set, the first of which is `begin`, with what text adds to their scores;
// sets `text` to 0.
void scan_sums(const ScanIndex& index, std::uint32_t begin, std::span<LaneUnits> text, const LaneUnits& genre,
               QueryBlock& block);

// Adds what a term with these weights adds to the sums of the profiles from `first` to `last` of a segment,
// and returns the posting after those.  REQUIRES: no posting before `first`; a closing one.
const FixedIndex::Posting* add_postings(const FixedIndex::Posting* at, const LaneUnits& weights,
                                        std::size_t first, std::size_t last, std::span<LaneUnits> sums);

// The instruction sets of this build that this processor has, the best first.
[[nodiscard]] std::vector<std::string> instruction_sets();

// Makes all threads use this one from now on; an empty name stands for the best.  For tests and benchmarks.
// Throws std::invalid_argument if the name is not among instruction_sets().
void use_instruction_set(std::string_view name);

}  // namespace bingefriend
