#include "query/query.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "features/features.hpp"
#include "query/live_catalogue.hpp"
#include "query/name_search.hpp"
#include "query/overview.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend {
namespace {

// The shows that the catalogue has, each once; their ids are taken out of the answer.
std::vector<ExplainedShow> shows_of(const std::vector<ShowId>& shows, const LiveCatalogue& catalogue,
                                    std::vector<std::uint8_t>& allowed, std::vector<ShowId>& unknown) {
    std::vector<ExplainedShow> found;
    std::vector<std::size_t> seen;
    for (const ShowId show : shows) {
        const std::optional<std::size_t> row = catalogue.row_of(show);
        if (!row) {
            unknown.push_back(show);
        } else if (std::find(seen.begin(), seen.end(), *row) == seen.end()) {
            seen.push_back(*row);
            allowed[*row] = 0;
            found.push_back(catalogue.explained(*row));
        }
    }
    return found;
}

std::vector<FeatureRow> rows_of(const std::vector<ExplainedShow>& shows) {
    std::vector<FeatureRow> rows;
    for (const ExplainedShow& show : shows) {
        rows.push_back(show.row);
    }
    return rows;
}

ExplainedShow explained(Show show, bool text_alone, const Features& features) {
    show.summary_text = summary_text(show.summary);
    FeatureRow row = foreign_row(show, features);
    if (text_alone) {
        row.genres.clear();
        row.genre_count = 0;
        row.platform = row.type = row.language = FeatureRow::not_asked;
        return {std::move(row), {}, {}};
    }
    return {std::move(row), show.platform, show.language};
}

std::vector<RecommendedShow> with_facts(const std::vector<Recommendation>& answer, std::int64_t generation,
                                        PublishedReader& reader) {
    std::vector<ShowId> ids;
    for (const Recommendation& r : answer) {
        ids.push_back(r.show);
    }
    std::vector<ShowFacts> facts = reader.shows(ids, generation);
    std::vector<RecommendedShow> shows;
    for (const Recommendation& r : answer) {
        const auto of_show =
            std::find_if(facts.begin(), facts.end(), [&](const ShowFacts& f) { return f.id == r.show; });
        if (of_show == facts.end()) {
            throw Error(ErrorKind::unavailable, "a generation was deleted while it answered",
                        "generation " + std::to_string(generation), "ask again");
        }
        shows.push_back({r, std::move(*of_show)});
    }
    return shows;
}

void tell_reasons(const LiveCatalogue& catalogue, std::vector<ExplainedShow> likes,
                  std::span<RecommendedShow> shows) {
    const Explainer explainer(catalogue.features(), std::move(likes), catalogue.usual_language());
    for (RecommendedShow& show : shows) {
        if (const std::optional<std::size_t> row = catalogue.row_of(show.facts.id)) {
            show.reasons = explainer.of(catalogue.explained(*row));
        }
    }
}

class Queries : public QueryAnswerer {
  public:
    QueryAnswer answer(const Query& query, PublishedReader& reader) override {
        const std::shared_ptr<const LiveCatalogue> catalogue = catalogues_.current(reader);
        QueryAnswer result;
        result.weights = query.weights      ? *query.weights
                         : query.text_alone ? Weights{0, 1, 0}
                                            : catalogue->weights();
        std::vector<std::uint8_t> allowed = catalogue->allowed(query.filter);
        std::vector<ExplainedShow> likes = shows_of(query.likes, *catalogue, allowed, result.unknown);
        const std::vector<ExplainedShow> dislikes =
            shows_of(query.dislikes, *catalogue, allowed, result.unknown);
        if (query.foreign) {
            likes.push_back(explained(*query.foreign, query.text_alone, catalogue->features()));
        }
        if (!likes.empty()) {
            const Question question{
                rows_of(likes), rows_of(dislikes), {result.weights, query.n, query.min_similarity}};
            result.shows =
                with_facts(catalogue->index().answer(question, allowed), catalogue->generation(), reader);
            tell_reasons(*catalogue, std::move(likes), result.shows);
        }
        return result;
    }

    void explain(ShowId show, std::span<RecommendedShow> list, PublishedReader& reader) override {
        const std::shared_ptr<const LiveCatalogue> catalogue =
            list.empty() ? nullptr : catalogues_.find(reader);
        const std::optional<std::size_t> row = catalogue ? catalogue->row_of(show) : std::nullopt;
        if (row) {
            tell_reasons(*catalogue, {catalogue->explained(*row)}, list);
        }
    }

    CatalogueOverview overview(PublishedReader& reader) override {
        return overview_of(*catalogues_.current(reader));
    }

    std::vector<ShowFacts> search(std::string_view text, std::size_t limit,
                                  PublishedReader& reader) override {
        return search_names(text, limit, reader, known_words_);
    }

  private:
    LiveCatalogues catalogues_;
    KnownWords known_words_;
};

}  // namespace

std::unique_ptr<QueryAnswerer> open_queries() {
    return std::make_unique<Queries>();
}

}  // namespace bingefriend
