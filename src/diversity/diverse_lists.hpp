// Chooses lists from the rankings of a catalogue (choice.hpp): one list, or those of all shows.  Pure.
//
// The similarity of two candidates is their score without the part `rating`, which says how good a show is
// and not how similar it is: the other weights stay as they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.hpp"
#include "diversity/choice.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

// franchises: of each row of the features; empty if settings.max_per_franchise is 0.  REQUIRES, as below:
// every candidate is a show of the features.
[[nodiscard]] std::vector<Recommendation> diverse_list(std::span<const Recommendation> candidates,
                                                       const Features& features,
                                                       const RankingSettings& settings,
                                                       std::span<const std::uint32_t> franchises);

// candidates: the list of each show, of candidates_of(settings) entries.  The result is the same at any
// number of threads (0: as many as the machine has).  Memory: that of the candidates.
[[nodiscard]] RecommendationLists diverse_lists(RecommendationLists candidates, const Features& features,
                                                const RankingSettings& settings,
                                                std::span<const std::uint32_t> franchises,
                                                std::size_t threads = 0,
                                                const Progress& progress = no_progress);

}  // namespace bingefriend
