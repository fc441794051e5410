// How the scores of a generation's lists are spread.
#pragma once

#include <array>
#include <cstddef>

#include "domain/recommendation.hpp"

namespace bingefriend {

struct ScoreSpread {
    static constexpr std::size_t bins = 50;
    using Histogram = std::array<std::size_t, bins>;  // of 0 to 1; 1 with the last

    std::size_t lists = 0;  // that are not empty
    std::size_t recommendations = 0;
    std::size_t recommended_shows = 0;  // in at least one list
    double mean_score = 0;              // 0 where there are no recommendations
    Histogram score{};
    PerPart<Histogram> parts{};

    friend bool operator==(const ScoreSpread&, const ScoreSpread&) = default;
};

// Cost: a pass over the entries, and their ids sorted.
[[nodiscard]] ScoreSpread spread_of(const RecommendationLists& lists);

}  // namespace bingefriend
