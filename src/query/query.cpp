#include "query/query.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/prefetch.hpp"
#include "features/features.hpp"
#include "query/live_catalogue.hpp"
#include "query/overview.hpp"
#include "query/show_names.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend {
namespace {

// The rows of the shows that the catalogue has, each once; their ids are taken out of the answer.
std::vector<std::size_t> rows_of(const std::vector<ShowId>& shows, const LiveCatalogue& catalogue,
                                 std::vector<std::uint8_t>& allowed, std::vector<ShowId>& unknown) {
    std::vector<std::size_t> rows;
    for (const ShowId show : shows) {
        const std::optional<std::size_t> row = catalogue.row_of(show);
        if (!row) {
            unknown.push_back(show);
        } else if (std::find(rows.begin(), rows.end(), *row) == rows.end()) {
            rows.push_back(*row);
            allowed[*row] = 0;
        }
    }
    return rows;
}

std::vector<FeatureRow> features_of(const std::vector<std::size_t>& rows, const LiveCatalogue& catalogue) {
    std::vector<FeatureRow> features;
    for (const std::size_t row : rows) {
        features.push_back(feature_row(catalogue.features(), row));
    }
    return features;
}

FeatureRow row_of_foreign(Show show, bool text_alone, const Features& features) {
    show.summary_text = summary_text(show.summary);
    FeatureRow row = foreign_row(show, features);
    if (text_alone) {
        row.genres.clear();
        row.genre_count = 0;
        row.platform = row.type = row.language = FeatureRow::not_asked;
    }
    return row;
}

// All rows are found before the first is read, so that memory brings them while others are at work.
void tell_reasons(const std::shared_ptr<const LiveCatalogue>& held, std::vector<ExplainedShow> likes,
                  ExplainedList& list) {
    const LiveCatalogue& catalogue = *held;
    std::vector<ExplainedShow> shows;
    shows.reserve(list.entries.size());
    for (const Recommendation& entry : list.entries) {
        const std::optional<std::size_t> row = catalogue.row_of(entry.show);
        shows.push_back(row ? catalogue.explained(*row) : ExplainedShow());
    }
    for (const ExplainedShow& show : shows) {
        prefetch(show.genres);
        prefetch(show.terms);
        prefetch(show.weights);
    }
    const Explainer explainer(catalogue.features(), std::move(likes), catalogue.usual_language());
    list.reasons.reserve(shows.size());
    for (const ExplainedShow& show : shows) {
        list.reasons.push_back(explainer.of(show));
    }
    list.names = held;
}

// Throws Error{unavailable}.
[[noreturn]] void refuse(std::string_view why) {
    throw Error(ErrorKind::unavailable, why, "", "publish with `bingefriend pipeline`");
}

class Queries : public QueryAnswerer {
  public:
    void prepare(const Generation& generation, PublishedReader& reader) override {
        std::exception_ptr unusable_features;
        try {
            if (const auto catalogue = catalogues_.of(generation, reader)) {
                (void)catalogue->index();  // else the first question pays for it
            }
        } catch (const Error&) {
            unusable_features = std::current_exception();
        }
        (void)names_.of(generation, reader);
        if (unusable_features) {
            std::rethrow_exception(unusable_features);
        }
    }

    QueryAnswer answer(const Query& query, PublishedReader& reader) override {
        const auto [generation, catalogue] = published(reader);
        QueryAnswer result;
        result.list.generation = generation.number;
        Weights text_alone;
        text_alone[Part::text] = 1;
        result.weights = query.weights      ? *query.weights
                         : query.text_alone ? text_alone
                                            : generation.ranking.weights;
        std::vector<std::uint8_t> allowed = catalogue->allowed(query.filter);
        const std::vector<std::size_t> likes = rows_of(query.likes, *catalogue, allowed, result.unknown);
        const std::vector<std::size_t> dislikes =
            rows_of(query.dislikes, *catalogue, allowed, result.unknown);
        Question question{features_of(likes, *catalogue),
                          features_of(dislikes, *catalogue),
                          {result.weights, query.n, query.min_similarity}};
        std::vector<ExplainedShow> explained;
        for (const std::size_t row : likes) {
            explained.push_back(catalogue->explained(row));
        }
        if (query.foreign) {
            question.likes.push_back(row_of_foreign(*query.foreign, query.text_alone, catalogue->features()));
            explained.push_back(query.text_alone
                                    ? explained_show(question.likes.back(), {}, {})
                                    : explained_show(question.likes.back(), query.foreign->platform,
                                                     query.foreign->language));
        }
        if (!question.likes.empty()) {
            result.list.entries = catalogue->index().answer(question, allowed);
            tell_reasons(catalogue, std::move(explained), result.list);
        }
        return result;
    }

    void explain(ShowId show, ExplainedList& list, PublishedReader& reader) override {
        const std::shared_ptr<const LiveCatalogue> catalogue =
            list.entries.empty() ? nullptr : catalogues_.of(list.generation, reader);
        if (catalogue) {
            require_same_features(*catalogue, show, list.entries);
            tell_reasons(catalogue, {catalogue->explained(catalogue->row_of(show).value())}, list);
        }
    }

    CatalogueOverview overview(PublishedReader& reader) override {
        const auto [generation, catalogue] = published(reader);
        return overview_of(generation, *catalogue);
    }

    std::vector<ShowFacts> search(std::string_view text, std::size_t limit,
                                  PublishedReader& reader) override {
        const std::optional<Generation> generation = reader.current();
        if (!generation) {
            return {};
        }
        return reader.shows(names_.of(*generation, reader)->find(text, limit), generation->number);
    }

    PublishedIds ids(PublishedReader& reader) override {
        const std::optional<Generation> generation = reader.current();
        if (!generation) {
            return {};
        }
        const std::shared_ptr<const ShowNames> names = names_.of(*generation, reader);
        return {generation->number, names->ids(), names};
    }

  private:
    std::pair<Generation, std::shared_ptr<const LiveCatalogue>> published(PublishedReader& reader) {
        const std::optional<Generation> generation = reader.current();
        if (!generation) {
            refuse("nothing is published yet");
        }
        std::shared_ptr<const LiveCatalogue> catalogue = catalogues_.of(*generation, reader);
        if (!catalogue) {
            refuse("the published generation carries no features that can be used");
        }
        return {*generation, std::move(catalogue)};
    }

    LiveCatalogues catalogues_;
    ShowNamesCache names_;
};

}  // namespace

std::unique_ptr<QueryAnswerer> open_queries() {
    return std::make_unique<Queries>();
}

}  // namespace bingefriend
