// Computes exact scores of one profile with others: every path of the kernel ends here.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/recommendation.hpp"
#include "kernel/scan_index.hpp"

namespace bingefriend {

// Scratch of one thread: the query's row, spread out.
class ExactScores {
  public:
    explicit ExactScores(const ScanIndex& index);

    void load(std::uint32_t query);

    // The score of the first show of another profile, or of this one.
    [[nodiscard]] Recommendation with(std::uint32_t profile) const;

    // Prefetches what with(profile) reads.
    void prefetch(std::uint32_t profile) const;

  private:
    void spread(double sign);

    const ScanIndex& index_;
    std::uint32_t query_ = 0;
    bool loaded_ = false;
    std::vector<double> weight_;           // by term
    std::vector<double> square_in_query_;  // by genre; 0 if the query does not have it
};

}  // namespace bingefriend
