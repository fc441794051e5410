#include "diversity/diverse_lists.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {
namespace {

std::vector<std::size_t> rows_of(std::span<const Recommendation> candidates, const Features& features) {
    std::vector<std::size_t> rows;
    rows.reserve(candidates.size());
    for (const Recommendation& candidate : candidates) {
        const auto at = std::ranges::lower_bound(features.ids, candidate.show);
        rows.push_back(static_cast<std::size_t>(at - features.ids.begin()));
    }
    return rows;
}

Weights weights_of_similarity(Weights weights) {
    weights[Part::rating] = 0;
    return weights;
}

}  // namespace

std::vector<Recommendation> diverse_list(std::span<const Recommendation> candidates, const Features& features,
                                         const RankingSettings& settings,
                                         std::span<const std::uint32_t> franchises) {
    const Weights weights = weights_of_similarity(settings.weights);
    const PartList parts = weighted_parts(weights);
    std::vector<ShowFeatures> shows;
    std::vector<std::uint32_t> franchise_of;
    shows.reserve(candidates.size());
    for (const std::size_t row : rows_of(candidates, features)) {
        shows.push_back(show_features(features, row));
        franchise_of.push_back(franchises.empty() ? 0 : franchises[row]);
    }
    const auto similarity = [&](std::size_t a, std::size_t b) {
        PerPart<double> exact;
        for (const PartDefinition& d : parts) {
            exact[d.part] = part_function(d.part).of(features, shows[a], shows[b]);
        }
        return scored(candidates[a].show, weights, exact).score;
    };
    return choice(candidates, settings, similarity, franchise_of);
}

RecommendationLists diverse_lists(RecommendationLists candidates, const Features& features,
                                  const RankingSettings& settings, std::span<const std::uint32_t> franchises,
                                  std::size_t threads, const Progress& progress) {
    std::vector<std::size_t> length(candidates.size());
    in_parallel(candidates.size(), threads, progress, [&] {
        return [&](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) {
                const auto list = diverse_list(candidates.of(row), features, settings, franchises);
                length[row] = list.size();
                std::copy(list.begin(), list.end(),
                          candidates.entries.begin() + static_cast<std::ptrdiff_t>(candidates.start[row]));
            }
        };
    });
    std::size_t end = 0;
    for (std::size_t row = 0; row < length.size(); ++row) {
        const auto from = candidates.entries.begin() + static_cast<std::ptrdiff_t>(candidates.start[row]);
        std::copy_n(from, length[row], candidates.entries.begin() + static_cast<std::ptrdiff_t>(end));
        candidates.start[row] = end;
        end += length[row];
    }
    candidates.start.back() = end;
    candidates.entries.resize(end);
    candidates.entries.shrink_to_fit();
    return candidates;
}

}  // namespace bingefriend
