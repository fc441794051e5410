// A new generation beside the published one: what the gate weighs and the report of a run tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/show.hpp"

namespace bingefriend {

struct GenerationFigures {
    std::size_t shows = 0;
    std::size_t with_genres = 0;
    std::size_t with_summary = 0;
    std::size_t with_recommendations = 0;

    friend bool operator==(const GenerationFigures&, const GenerationFigures&) = default;
};

// A show of both generations whose list is not what it was.
struct ChangedShow {
    ShowId id{};
    std::string name;
    double overlap = 0;          // as Comparison::mean_overlap, of this show alone
    std::vector<ShowId> before;  // its list, best first, as far as it was compared
    std::vector<ShowId> now;

    friend bool operator==(const ChangedShow&, const ChangedShow&) = default;
};

struct Comparison {
    std::int64_t with_generation = 0;
    GenerationFigures before;
    GenerationFigures now;
    std::size_t shows_added = 0;
    std::size_t shows_removed = 0;
    // 0 to 1, over `compared` shows: of the recommendations that could have stayed, how many did.
    std::optional<double> mean_overlap;
    std::size_t compared = 0;
    bool same_ranking = true;               // recipe, length and least score are those of before
    std::vector<ChangedShow> changed_most;  // overlap ascending, then id; a few
    std::vector<std::string> objections;    // why the new one should not be published
    bool forced = false;                    // published in spite of them

    friend bool operator==(const Comparison&, const Comparison&) = default;
};

}  // namespace bingefriend
