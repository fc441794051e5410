// The distribution of the scores of a generation's lists.
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
    double mean_score = 0;              // 0 if there are no recommendations
    Histogram score{};
    PerPart<Histogram> parts{};  // all 0 if the scores do not have the part

    friend bool operator==(const ScoreSpread&, const ScoreSpread&) = default;
};

// Whether the scores that were counted have the part.
[[nodiscard]] bool is_shown(const PartDefinition& definition, const ScoreSpread& spread);

// The spread of lists that were made with these weights.  Cost: a pass over the entries, and sorting their
// ids.
[[nodiscard]] ScoreSpread spread_of(const RecommendationLists& lists, const Weights& weights);

}  // namespace bingefriend
