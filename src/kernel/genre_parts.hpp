// Computes what the genres add to the score of each query of a block, by genre set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/query_block.hpp"
#include "kernel/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread.
class GenreParts {
  public:
    explicit GenreParts(const ScanIndex& index);

    void load(const QueryBlock& block);

    // The genre sets that share a genre with a query of the block, ascending.
    [[nodiscard]] std::span<const std::uint32_t> sharing() const noexcept { return sharing_; }
    [[nodiscard]] bool shares(std::uint32_t set) const noexcept { return greatest_[set] != 0; }

    // REQUIRES: shares(set).
    [[nodiscard]] const LaneUnits& of(std::uint32_t set) const noexcept { return parts_[set]; }
    [[nodiscard]] Units greatest(std::uint32_t set) const noexcept { return greatest_[set]; }

  private:
    void load(std::uint32_t query_set, std::size_t begin, std::size_t end);

    const ScanIndex& index_;
    std::vector<double> inverse_length_;  // by genre set
    std::vector<double> shared_;          // squares, by genre set
    std::vector<std::uint32_t> touched_;
    std::vector<std::uint32_t> sharing_;
    std::vector<Units> greatest_;   // by genre set; 0 if no query shares a genre
    std::vector<LaneUnits> parts_;  // by genre set
};

}  // namespace bingefriend
