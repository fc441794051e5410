// An evaluation as text for people and as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluation/report.hpp"
#include "ratings/ratings_file.hpp"

namespace bingefriend {

struct EvaluationSummary {
    double like = 0;
    std::size_t length = 0;
    std::size_t min_raters = 0;
    std::vector<std::size_t> depths;  // of the compared sets; 0: the full ranking
    RatingsReport ratings;
    Evaluation evaluation;
};

[[nodiscard]] std::string evaluation_text(const EvaluationSummary& summary, std::size_t max_columns);
[[nodiscard]] std::string evaluation_json(const EvaluationSummary& summary);

}  // namespace bingefriend
