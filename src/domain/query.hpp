// Questions that no stored list answers: the port between serve and what answers them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/overview.hpp"
#include "domain/published.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"

namespace bingefriend {

// Which shows may be in an answer.  Of each kind one of the names is enough (case and accents do not count);
// a kind without names lets every show pass.
struct QueryFilter {
    std::vector<std::string> genres;
    std::vector<std::string> types;
    std::vector<std::string> languages;
    std::vector<std::string> networks;
    std::vector<std::string> statuses;
    std::optional<double> min_rating;  // a show without a rating does not pass
    std::vector<ShowId> exclude;

    friend bool operator==(const QueryFilter&, const QueryFilter&) = default;
};

struct Query {
    std::vector<ShowId> likes;  // none where the query is about `foreign`
    std::vector<ShowId> dislikes;
    // A show that need not be in the catalogue: what its genres, summary (HTML), type, language and platform
    // say.
    std::optional<Show> foreign;
    bool text_alone = false;  // of `foreign` nothing but the summary is known
    QueryFilter filter;
    std::optional<Weights>
        weights;  // with sum 1; else the generation's, or the text alone where no more is known
    std::size_t n = 10;
    double min_similarity = 0;
};

struct QueryAnswer {
    ExplainedList list;                 // with reasons; never a show that is liked or disliked
    std::vector<ShowId> unknown;        // liked or disliked, but not in the catalogue
    Weights weights = default_weights;  // that the scores were made with
};

// The ids of the shows of a generation.
struct PublishedIds {
    std::int64_t generation = 0;         // 0: nothing is published
    std::span<const ShowId> ids{};       // ascending
    std::shared_ptr<const void> held{};  // what `ids` is a view of
};

// Answers from the published generation, whole.  Used by any number of threads at a time.
class QueryAnswerer {
  public:
    QueryAnswerer() = default;
    QueryAnswerer(const QueryAnswerer&) = delete;
    QueryAnswerer& operator=(const QueryAnswerer&) = delete;
    virtual ~QueryAnswerer() = default;

    // Reads what answers from this generation need, so that the first question does not wait for it.  A
    // generation of the same number but of another time is another one: a database may have been restored.
    // Throws Error{input} or {damaged}, once, where its features cannot be used or do not belong to its
    // lists.
    virtual void prepare(const Generation& generation, PublishedReader& reader) = 0;

    // No shows where no like is in the catalogue.  Throws Error{unavailable} where nothing is published, or
    // was published without its features.
    [[nodiscard]] virtual QueryAnswer answer(const Query& query, PublishedReader& reader) = 0;

    // Gives each entry of the list of `show` its reasons.  Leaves them out where the generation of the list
    // carries no features; throws Error{input} or {damaged} where they cannot be used, once, or where the
    // list was not made from them.
    virtual void explain(ShowId show, ExplainedList& list, PublishedReader& reader) = 0;

    // Throws as answer() does.
    [[nodiscard]] virtual CatalogueOverview overview(PublishedReader& reader) = 0;

    // Shows whose names have words that begin with those of `text`, best match first; accents and case
    // folded.
    [[nodiscard]] virtual std::vector<ShowFacts> search(std::string_view text, std::size_t limit,
                                                        PublishedReader& reader) = 0;

    // The ids of the published generation, from memory.
    [[nodiscard]] virtual PublishedIds ids(PublishedReader& reader) = 0;
};

}  // namespace bingefriend
