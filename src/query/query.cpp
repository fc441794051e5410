#include "query/query.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "features/features.hpp"
#include "query/live_catalogue.hpp"
#include "query/name_search.hpp"
#include "similarity/question.hpp"

namespace bingefriend {
namespace {

// The rows of the shows that the catalogue has, each once; their ids are taken out of the answer.
std::vector<FeatureRow> rows_of(const std::vector<ShowId>& shows, const LiveCatalogue& catalogue,
                                std::vector<std::uint8_t>& allowed, std::vector<ShowId>& unknown) {
    std::vector<FeatureRow> rows;
    std::vector<std::size_t> seen;
    for (const ShowId show : shows) {
        const std::optional<std::size_t> row = catalogue.row_of(show);
        if (!row) {
            unknown.push_back(show);
        } else if (std::find(seen.begin(), seen.end(), *row) == seen.end()) {
            seen.push_back(*row);
            allowed[*row] = 0;
            rows.push_back(feature_row(catalogue.features(), *row));
        }
    }
    return rows;
}

FeatureRow row_of(Show show, bool text_alone, const Features& features) {
    show.summary_text = summary_text(show.summary);
    FeatureRow row = foreign_row(show, features);
    if (text_alone) {
        row.genres.clear();
        row.genre_count = 0;
        row.platform = row.type = row.language = FeatureRow::not_asked;
    }
    return row;
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

class Queries : public QueryAnswerer {
  public:
    QueryAnswer answer(const Query& query, PublishedReader& reader) override {
        const std::shared_ptr<const LiveCatalogue> catalogue = catalogues_.current(reader);
        QueryAnswer result;
        result.weights = query.weights      ? *query.weights
                         : query.text_alone ? Weights{0, 1, 0}
                                            : catalogue->weights();
        std::vector<std::uint8_t> allowed = catalogue->allowed(query.filter);
        Question question{rows_of(query.likes, *catalogue, allowed, result.unknown),
                          rows_of(query.dislikes, *catalogue, allowed, result.unknown),
                          {result.weights, query.n, query.min_similarity}};
        if (query.foreign) {
            question.likes.push_back(row_of(*query.foreign, query.text_alone, catalogue->features()));
        }
        if (!question.likes.empty()) {
            result.shows =
                with_facts(catalogue->index().answer(question, allowed), catalogue->generation(), reader);
        }
        return result;
    }

    std::vector<ShowFacts> search(std::string_view text, std::size_t limit,
                                  PublishedReader& reader) override {
        return search_names(text, limit, reader);
    }

  private:
    LiveCatalogues catalogues_;
};

}  // namespace

std::unique_ptr<QueryAnswerer> open_queries() {
    return std::make_unique<Queries>();
}

}  // namespace bingefriend
