// Shows as the API tells them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/json_text.hpp"
#include "domain/published.hpp"

namespace bingefriend {

// What an entry of a list tells of the show itself: the members before the scores, as the original has them,
// and those behind, which lead to the show.
struct ShowText {
    std::string members;
    std::size_t scores_at = 0;
};
[[nodiscard]] ShowText show_text(const ShowFacts& show);

// "recommendations": [...], with texts[i] the show of entry i, and the parts that scores with these weights
// have.
void append(JsonText& json, const ExplainedList& list, const Weights& weights,
            std::span<const std::shared_ptr<const ShowText>> texts);

// "shows": [...]
void append(JsonText& json, std::span<const ShowFacts> shows);

// "weights": {...}, of the parts that a score with them has.
void append(JsonText& json, const Weights& weights);

// {"show_id": 1, "count": 2, "recommendations": [...]}: what GET /shows/1/recommendations answers.
[[nodiscard]] std::string recommendations_json(ShowId show, const ExplainedList& list, const Weights& weights,
                                               std::span<const std::shared_ptr<const ShowText>> texts);

// The show object of the show service: what the catalogue does not keep is left out.
void append(JsonText& json, const ShowFacts& show);

}  // namespace bingefriend
