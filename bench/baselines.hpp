// Baselines of the kernel: other methods for the same exact lists.
#pragma once

#include <cstddef>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend::bench {

// The standard method with sparse rows: an inverted index over all features, one show at a time, the best
// retained.
[[nodiscard]] RecommendationLists by_inverted_lists(const Features& features, const RankingSettings& settings,
                                                    std::size_t threads);

// The plain path of the project: inverted index over the text, genres by genre set, metadata by class, one
// heap per show.
[[nodiscard]] RecommendationLists by_grouped_lists(const Features& features, const RankingSettings& settings,
                                                   std::size_t threads);

// The standard method with dense rows: floats, multiplied in blocks by OpenBLAS's SGEMM. Candidates within
// float rounding of the N best are scored exactly.
[[nodiscard]] RecommendationLists by_dense_blocks(const Features& features, const RankingSettings& settings,
                                                  std::size_t threads);

}  // namespace bingefriend::bench
