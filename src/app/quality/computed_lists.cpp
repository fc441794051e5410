#include "app/quality/computed_lists.hpp"

#include <functional>
#include <vector>

#include "console/progress_line.hpp"
#include "domain/feature_subset.hpp"
#include "features/features.hpp"
#include "kernel/most_similar.hpp"

namespace bingefriend {

Features features_of(const Catalogue& catalogue, const FeatureSettings& settings,
                     std::span<const ShowId> shows, std::size_t threads) {
    ProgressLine line("features");
    const Features all = compute_features(catalogue, settings, threads, std::ref(line));
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < all.size() && rows.size() < shows.size(); ++row) {
        if (all.ids[row] == shows[rows.size()]) {
            rows.push_back(row);
        }
    }
    return feature_subset(all, rows);
}

ShowLists ranked_lists(const Features& features, const Weights& weights, std::size_t length,
                       double min_similarity, std::size_t threads) {
    ProgressLine line("similarities");
    const RecommendationLists ranked =
        most_similar(features, {.weights = weights, .top_n = length, .min_similarity = min_similarity},
                     threads, std::ref(line));
    ShowLists result;
    for (std::size_t row = 0; row < ranked.size(); ++row) {
        std::vector<ShowId> list;
        for (const Recommendation& r : ranked.of(row)) {
            list.push_back(r.show);
        }
        result.add(ranked.shows[row], list);
    }
    return result;
}

}  // namespace bingefriend
