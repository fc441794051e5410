// Queries that no stored list answers, and their results.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/reasons.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"

namespace bingefriend {

// The shows that may be in a result.  One match per kind is enough (case and accents do not count); a kind
// without names lets every show pass.
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
    std::vector<ShowId> likes;  // none if the query is about `external_show`
    std::vector<ShowId> dislikes;
    // A show that need not be in the catalogue: its genres, summary (HTML), type, language and platform
    // count.
    std::optional<Show> external_show;
    bool text_alone = false;  // only the summary of `external_show` is known
    QueryFilter filter;
    std::optional<Weights>
        weights;  // with sum 1; else the generation's, or the text alone if only that is known
    std::size_t n = 10;
    double min_similarity = 0;
    double diversity = 0;               // as in RankingSettings
    std::size_t max_per_franchise = 0;  // as in RankingSettings
};

// The recommendations of a show.
struct RankedList {
    std::vector<Recommendation> entries;  // in ranking order; of a diverse list in the order of choice
    std::vector<Reasons> reasons{};       // of each entry, views of the edition; empty if they are not known
};

struct QueryResult {
    RankedList list;                    // with reasons; never a show that is liked or disliked
    std::vector<ShowId> unknown;        // liked or disliked, but not in the catalogue
    Weights weights = default_weights;  // that the scores were made with
};

}  // namespace bingefriend
