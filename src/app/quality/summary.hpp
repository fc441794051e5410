// All that `evaluate` reports.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json_text.hpp"
#include "domain/show.hpp"
#include "evaluation/report.hpp"
#include "evaluation/structure.hpp"
#include "ratings/ratings_file.hpp"

namespace bingefriend {

// What needs ratings.
struct RatedSummary {
    double like = 0;
    std::size_t min_raters = 0;
    RatingsReport ratings;
    Evaluation evaluation;
};

struct NamedShow {
    ShowId id{};
    std::string name;  // with the year of premiere; empty if only the id is known
};

// The lists of one show side by side.
struct Example {
    NamedShow show;
    std::vector<std::vector<NamedShow>> lists;  // of each set
};

struct EvaluationSummary {
    std::size_t length = 0;           // of the lists that count
    std::vector<std::string> sets;    // names
    std::vector<std::size_t> depths;  // of stored sets: the length of the longest list; else 0
    std::size_t shows = 0;
    std::vector<Structure> structures;  // of each set, over all shows
    std::vector<Example> examples;
    std::optional<RatedSummary> rated;
};

[[nodiscard]] std::string evaluation_text(const EvaluationSummary& summary, std::size_t max_columns);
// The measures of each set of lists, and the differences to the first.
[[nodiscard]] std::string measures_text(const Evaluation& evaluation, std::size_t length,
                                        std::size_t max_columns);
// Appends the members of what needs ratings. depths: as in EvaluationSummary; may be shorter.
void append_rated(JsonText& json, const RatedSummary& rated, std::span<const std::size_t> depths);
[[nodiscard]] std::string evaluation_json(const EvaluationSummary& summary);

}  // namespace bingefriend
