#include "domain/score_spread.hpp"

#include <algorithm>

namespace bingefriend {
namespace {

void count(ScoreSpread::Histogram& histogram, double value) {
    const auto bin = static_cast<std::size_t>(std::max(value, 0.0) * static_cast<double>(ScoreSpread::bins));
    ++histogram[std::min(bin, ScoreSpread::bins - 1)];
}

std::size_t different_shows(const std::vector<Recommendation>& entries) {
    std::vector<ShowId> ids;
    ids.reserve(entries.size());
    for (const Recommendation& r : entries) {
        ids.push_back(r.show);
    }
    std::sort(ids.begin(), ids.end());
    return static_cast<std::size_t>(std::unique(ids.begin(), ids.end()) - ids.begin());
}

}  // namespace

bool is_shown(const PartDefinition& definition, const ScoreSpread& spread) {
    const ScoreSpread::Histogram& counts = spread.parts[definition.part];
    return definition.always_shown ||
           std::any_of(counts.begin(), counts.end(), [](std::size_t count) { return count > 0; });
}

ScoreSpread spread_of(const RecommendationLists& lists, const Weights& weights) {
    const PartList shown = shown_parts(weights);
    ScoreSpread spread;
    for (std::size_t row = 0; row < lists.size(); ++row) {
        spread.lists += lists.of(row).empty() ? 0 : 1;
    }
    double sum = 0;
    for (const Recommendation& r : lists.entries) {
        sum += r.score;
        count(spread.score, r.score);
        for (const PartDefinition& d : shown) {
            count(spread.parts[d.part], r.parts[d.part]);
        }
    }
    spread.recommendations = lists.entries.size();
    spread.recommended_shows = different_shows(lists.entries);
    spread.mean_score = spread.recommendations == 0 ? 0 : sum / static_cast<double>(spread.recommendations);
    return spread;
}

}  // namespace bingefriend
