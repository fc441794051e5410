// Shows and lists -> the JSON of the API.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/json_text.hpp"
#include "edition/query.hpp"
#include "edition/show_texts.hpp"

namespace bingefriend {

// The members of an entry of a list: those before the scores, as the original has them, and those after,
// which link to the show.
[[nodiscard]] ShowText show_text(const ShowDetails& show);

// "recommendations": [...], with texts[i] the show of entry i, and the parts that scores with these weights
// have.
void append(JsonText& json, const RankedList& list, const Weights& weights,
            std::span<const std::shared_ptr<const ShowText>> texts);

// "shows": [...]
void append(JsonText& json, std::span<const ShowDetails> shows);

// "recipe": its name, "weights" as below, "feature_settings": the other settings of the recipe, null if
// unknown.
void append_recipe(JsonText& json, const Generation& generation);

// "diversity", and "max_per_franchise": 0 without a limit.
void append_diversity(JsonText& json, const Generation& generation);

// "weights": {...}, of the parts that a score with them has.
void append(JsonText& json, const Weights& weights);

// {"show_id": 1, "count": 2, "recommendations": [...]}: the body of GET /shows/1/recommendations.
[[nodiscard]] std::string recommendations_json(ShowId show, const RankedList& list, const Weights& weights,
                                               std::span<const std::shared_ptr<const ShowText>> texts);

// The show object of the show service: without what the catalogue does not store.
void append(JsonText& json, const ShowDetails& show);

}  // namespace bingefriend
