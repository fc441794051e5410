// What the kernel is measured against: other ways to the same exact lists.
#pragma once

#include <cstddef>

#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend::bench {

// The standard way with sparse rows: all features side by side, one show at a time, its products added up
// over inverted lists, the best kept.
[[nodiscard]] RecommendationLists by_inverted_lists(const Features& features, const RankingSettings& settings,
                                                    std::size_t threads);

// The plain path of the project itself: text over inverted lists, genres a genre set and metadata a class at
// a time, a heap a show.
[[nodiscard]] RecommendationLists by_grouped_lists(const Features& features, const RankingSettings& settings,
                                                   std::size_t threads);

// The standard way with dense rows: floats, multiplied in blocks by OpenBLAS's SGEMM; what comes within the
// rounding of floats of the N best is scored exactly.
[[nodiscard]] RecommendationLists by_dense_blocks(const Features& features, const RankingSettings& settings,
                                                  std::size_t threads);

}  // namespace bingefriend::bench
