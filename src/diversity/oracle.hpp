// The definition of choice.hpp, step by step.  For tests.
#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "domain/recommendation.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {

inline std::vector<Recommendation> oracle_choice(
    const std::vector<Recommendation>& candidates, const RankingSettings& settings,
    const std::function<double(std::size_t, std::size_t)>& similarity,
    const std::vector<std::uint32_t>& franchises) {
    std::vector<std::size_t> chosen;
    while (chosen.size() < settings.top_n) {
        const std::size_t none = candidates.size();
        std::size_t best = none;
        double best_value = 0;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto same_franchise = [&](std::size_t other) { return franchises[other] == franchises[i]; };
            if (std::ranges::count(chosen, i) > 0 ||
                (settings.max_per_franchise > 0 &&
                 static_cast<std::size_t>(std::ranges::count_if(chosen, same_franchise)) >=
                     settings.max_per_franchise)) {
                continue;
            }
            double max_similarity = 0;
            for (const std::size_t other : chosen) {
                max_similarity = std::max(max_similarity, similarity(i, other));
            }
            const double value =
                rounded((1 - settings.diversity) * candidates[i].score - settings.diversity * max_similarity);
            if (best == none || value > best_value ||
                (value == best_value && candidates[i].show < candidates[best].show)) {
                best = i;
                best_value = value;
            }
        }
        if (best == none) {
            break;
        }
        chosen.push_back(best);
    }
    std::vector<Recommendation> list;
    for (const std::size_t i : chosen) {
        list.push_back(candidates[i]);
    }
    return list;
}

}  // namespace bingefriend
