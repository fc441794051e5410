// Shows as the API tells them.
#pragma once

#include <span>
#include <string>

#include "domain/published.hpp"
#include "serve/json_text.hpp"

namespace bingefriend {

// An entry of a list: the show and its scores, as the original has them, and what leads to the show.
void append(JsonText& json, const RecommendedShow& recommended);

// "recommendations": [...]
void append(JsonText& json, std::span<const RecommendedShow> list);

// {"show_id": 1, "count": 2, "recommendations": [...]}: what GET /shows/1/recommendations answers.
[[nodiscard]] std::string recommendations_json(ShowId show, std::span<const RecommendedShow> list);

// The show object of the show service: what the catalogue does not keep is left out.
void append(JsonText& json, const ShowFacts& show);

}  // namespace bingefriend
