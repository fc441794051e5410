#include "similarity/uncounted_parts.hpp"

#include <algorithm>
#include <span>

#include "domain/parallel.hpp"
#include "similarity/index.hpp"
#include "similarity/pair_scores.hpp"

namespace bingefriend {
namespace {

template <typename Visit>
void for_each_shared(std::span<const std::int32_t> a, std::span<const std::int32_t> b, Visit visit) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) {
            visit(i++, j++);
        } else {
            ++(a[i] < b[j] ? i : j);
        }
    }
}

double genre_part(const GenreSets& genres, std::size_t a, std::size_t b) {
    std::size_t shared = 0;
    for_each_shared(genres.of(a), genres.of(b), [&](std::size_t, std::size_t) { ++shared; });
    return rounded(genre_cosine(shared, genres.of(a).size(), genres.of(b).size()));
}

double text_part(const TextMatrix& text, std::size_t a, std::size_t b) {
    double dot = 0;
    for_each_shared(text.columns_of(a), text.columns_of(b), [&](std::size_t i, std::size_t j) {
        dot += text.values_of(a)[i] * text.values_of(b)[j];
    });
    return rounded(dot);
}

double metadata_part(const Features& f, std::size_t a, std::size_t b) {
    const auto class_of = [&](std::size_t row) {
        return MetadataIndex::Class{f.platform.column[row], f.type.column[row], f.language.column[row]};
    };
    return rounded(metadata_similarity(class_of(a), class_of(b)));
}

}  // namespace

Features counted_features(const Features& features, const Weights& weights) {
    Features result;
    const std::vector<std::int64_t> empty_rows(features.size() + 1);
    const auto unknown = [&] {
        return Categories{{}, std::vector<std::int32_t>(features.size(), Categories::none)};
    };
    result.ids = features.ids;
    result.genres = weights.genre > 0 ? features.genres : GenreSets{{}, empty_rows, {}};
    result.text = weights.text > 0 ? features.text : TextMatrix{empty_rows, {}, {}};
    result.vocabulary = weights.text > 0 ? features.vocabulary : Vocabulary{};
    result.platform = weights.metadata > 0 ? features.platform : unknown();
    result.type = weights.metadata > 0 ? features.type : unknown();
    result.language = weights.metadata > 0 ? features.language : unknown();
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
                    r.genre = weights.genre > 0 ? r.genre : genre_part(features.genres, row, other);
                    r.text = weights.text > 0 ? r.text : text_part(features.text, row, other);
                    r.metadata = weights.metadata > 0 ? r.metadata : metadata_part(features, row, other);
                }
            }
        };
    });
}

}  // namespace bingefriend
