#include "similarity/uncounted_parts.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {

Features counted_features(const Features& features, const Weights& weights) {
    Features result;
    const std::vector<std::int64_t> empty_rows(features.size() + 1);
    const auto unknown = [&] {
        return Categories{{}, std::vector<std::int32_t>(features.size(), Categories::none)};
    };
    result.ids = features.ids;
    result.genres = weights[Part::genre] > 0 ? features.genres : GenreSets{{}, empty_rows, {}};
    result.text = weights[Part::text] > 0 ? features.text : TextMatrix{empty_rows, {}, {}};
    result.vocabulary = weights[Part::text] > 0 ? features.vocabulary : Vocabulary{};
    result.platform = weights[Part::metadata] > 0 ? features.platform : unknown();
    result.type = weights[Part::metadata] > 0 ? features.type : unknown();
    result.language = weights[Part::metadata] > 0 ? features.language : unknown();
    return result;
}

void add_uncounted_parts(RecommendationLists& lists, const Features& features, const Weights& weights,
                         std::size_t threads) {
    in_parallel(lists.size(), threads, no_progress, [&] {
        return [&](std::size_t begin, std::size_t end) {
            for (std::size_t row = begin; row < end; ++row) {
                for (std::size_t i = lists.start[row]; i < lists.start[row + 1]; ++i) {
                    Recommendation& r = lists.entries[i];
                    const auto at = std::ranges::lower_bound(features.ids, r.show);
                    const auto other = static_cast<std::size_t>(at - features.ids.begin());
                    for (const PartDefinition& d : all_parts) {
                        if (weights[d.part] == 0) {
                            r.parts[d.part] = part_of_pair(d.part, features, row, other);
                        }
                    }
                }
            }
        };
    });
}

}  // namespace bingefriend
