// Public header of kernel: features -> the top N of every show.  Pure; the hot path.
//
// similarity/part_functions.hpp defines the score, docs/kernel.md explains the method.
#pragma once

#include <cstddef>

#include "base/progress.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

// The first settings.top_n shows with a score of at least settings.min_similarity for each of the n
// shows, in ranking order; a show is never in its own list.  REQUIRES: settings.weights with sum 1; no row of
// the text longer than 1.  The result is the same at any number of threads (0: as many as the machine has).
//
// Time: n²/64 comparisons of a few vector instructions, minus what bounds skip, and either one per term of a
// show or one addition for two shows that share a term (docs/kernel.md); 1 to 2 s for 85,000 shows on two
// threads.  Memory: 56 bytes per entry of the result, about 300 bytes per show, and per thread 256 KB, 130
// bytes per distinct genre set and 128 per class.
[[nodiscard]] RecommendationLists most_similar(const Features& features, const RankingSettings& settings,
                                               std::size_t threads = 0,
                                               const Progress& progress = no_progress);

}  // namespace bingefriend
