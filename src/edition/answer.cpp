#include "edition/answer.hpp"

#include <algorithm>
#include <utility>

#include "base/prefetch.hpp"
#include "diversity/diverse_lists.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

// The rows of the shows that the catalogue has, each once; the result leaves them out.
std::vector<std::size_t> rows_of(const std::vector<ShowId>& shows, const IndexedFeatures& features,
                                 std::vector<std::uint8_t>& allowed, std::vector<ShowId>& unknown) {
    std::vector<std::size_t> rows;
    for (const ShowId show : shows) {
        const std::optional<std::size_t> row = features.row_of(show);
        if (!row) {
            unknown.push_back(show);
        } else if (std::find(rows.begin(), rows.end(), *row) == rows.end()) {
            rows.push_back(*row);
            allowed[*row] = 0;
        }
    }
    return rows;
}

std::vector<FeatureRow> rows_at(const std::vector<std::size_t>& rows, const Features& features) {
    std::vector<FeatureRow> found;
    for (const std::size_t row : rows) {
        found.push_back(feature_row(features, row));
    }
    return found;
}

FeatureRow external_row(Show show, bool text_alone, const Features& features) {
    show.summary_text = summary_text(show.summary);
    FeatureRow row = foreign_row(show, features);
    if (text_alone) {
        row.genres.clear();
        row.genre_squares = 0;
        row.platform = row.type = row.language = FeatureRow::not_asked;
    }
    return row;
}

// Finds all rows before it reads the first, so that memory is prefetched.
void explain(const IndexedFeatures& features, std::vector<ExplainedShow> likes, RankedList& list) {
    std::vector<ExplainedShow> shows;
    shows.reserve(list.entries.size());
    for (const Recommendation& entry : list.entries) {
        const std::optional<std::size_t> row = features.row_of(entry.show);
        shows.push_back(row ? features.explained(*row) : ExplainedShow());
        if (entry.parts[Part::year] == 0) {  // the score does not count it
            shows.back().year = ValueColumn::none;
        }
    }
    for (const ExplainedShow& show : shows) {
        prefetch(show.genres);
        prefetch(show.terms);
        prefetch(show.weights);
    }
    const Explainer explainer(features.features(), std::move(likes), features.majority_language());
    list.reasons.reserve(shows.size());
    for (const ExplainedShow& show : shows) {
        list.reasons.push_back(explainer.of(show));
    }
}

Weights weights_of(const Query& query, const Weights& generation) {
    Weights text_alone;
    text_alone[Part::text] = 1;
    return query.weights ? *query.weights : query.text_alone ? text_alone : generation;
}

std::vector<Recommendation> ranked(Question& question, const IndexedFeatures& features,
                                   std::span<const std::uint8_t> allowed,
                                   std::span<const std::uint32_t> franchises) {
    const RankingSettings settings = question.ranking;
    if (!chooses(settings)) {
        return features.index().answer(question, allowed);
    }
    question.ranking.top_n = candidates_of(settings);
    return diverse_list(features.index().answer(question, allowed), features.features(), settings,
                        franchises);
}

}  // namespace

QueryResult answer(const Query& query, const IndexedFeatures& features, const Weights& weights,
                   std::span<const std::uint32_t> franchises) {
    QueryResult result;
    result.weights = weights_of(query, weights);
    std::vector<std::uint8_t> allowed = features.allowed(query.filter);
    const std::vector<std::size_t> likes = rows_of(query.likes, features, allowed, result.unknown);
    const std::vector<std::size_t> dislikes = rows_of(query.dislikes, features, allowed, result.unknown);
    Question question{
        rows_at(likes, features.features()),
        rows_at(dislikes, features.features()),
        {result.weights, query.n, query.min_similarity, query.diversity, query.max_per_franchise}};
    std::vector<ExplainedShow> explained;
    for (const std::size_t row : likes) {
        explained.push_back(features.explained(row));
    }
    if (const std::optional<Show>& show = query.external_show) {
        question.likes.push_back(external_row(*show, query.text_alone, features.features()));
        explained.push_back(query.text_alone
                                ? explained_show(question.likes.back(), {}, {})
                                : explained_show(question.likes.back(), show->platform, show->language));
    }
    if (!question.likes.empty()) {
        result.list.entries = ranked(question, features, allowed, franchises);
        explain(features, std::move(explained), result.list);
    }
    return result;
}

void add_reasons(ShowId show, const IndexedFeatures& features, RankedList& list) {
    if (!list.entries.empty()) {
        require_same_features(features, show, list.entries);
        explain(features, {features.explained(features.row_of(show).value())}, list);
    }
}

}  // namespace bingefriend
