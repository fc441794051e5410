#include <vector>

#include "similarity/pair_scores.hpp"
#include "similarity/parallel.hpp"
#include "similarity/row_scores.hpp"
#include "similarity/similarity.hpp"
#include "similarity/top_list.hpp"

namespace bingefriend {
namespace {

// More than rounding can lift a score above the plain sum of its parts.
constexpr double slack = 1e-9;

std::vector<Recommendation> list_of(std::size_t row, const SimilarityIndex& index,
                                    const RankingSettings& settings, RowScores& scores) {
    scores.compare(row);
    const Weights& w = settings.weights;
    TopList top(settings.top_n, settings.min_similarity);
    double threshold = top.threshold() - slack;
    for (std::size_t other = 0; other < index.features.size(); ++other) {
        const double genre = scores.genre(other);
        const double text = scores.text(other);
        const double metadata = scores.metadata(other);
        if (w.genre * genre + w.text * text + w.metadata * metadata < threshold || other == row) {
            continue;
        }
        top.offer(scored(index.features.ids[other], w, genre, text, metadata));
        threshold = top.threshold() - slack;
    }
    return top.take();
}

}  // namespace

RecommendationLists most_similar(const Features& features, const RankingSettings& settings,
                                 std::size_t threads, const Progress& progress) {
    const SimilarityIndex index(features);
    std::vector<std::vector<Recommendation>> lists(features.size());
    in_parallel(features.size(), threads, progress, [&] {
        return [&, scores = RowScores(index)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t row = begin; row < end; ++row) {
                lists[row] = list_of(row, index, settings, scores);
            }
        };
    });

    RecommendationLists result;
    result.shows = features.ids;
    for (std::vector<Recommendation>& list : lists) {
        result.entries.insert(result.entries.end(), list.begin(), list.end());
        result.start.push_back(result.entries.size());
        std::vector<Recommendation>().swap(list);
    }
    return result;
}

}  // namespace bingefriend
