// Recommendations: scored shows, the order they stand in, and the lists of a whole catalogue.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/parts.hpp"
#include "domain/show.hpp"

namespace bingefriend {

struct RankingSettings {
    Weights weights = default_weights;  // with sum 1
    std::size_t top_n = 20;             // length of a list, at most
    double min_similarity = 0.1;        // shows with a lower score are left out
    double diversity = 0;  // 0 to 1: how much the shows of a list must differ (diversity/choice.hpp)
    std::size_t max_per_franchise = 0;  // entries of one franchise in a list; 0: any number

    friend bool operator==(const RankingSettings&, const RankingSettings&) = default;
};

struct Recommendation {
    ShowId show{};
    double score = 0;
    PerPart<double> parts;  // in 0 to 1, as the score; of a query with dislikes in -1 to 1

    friend bool operator==(const Recommendation&, const Recommendation&) = default;
};

// The one ranking order: score descending, then id ascending.
[[nodiscard]] inline bool ranks_before(const Recommendation& a, const Recommendation& b) noexcept {
    return a.score > b.score || (a.score == b.score && a.show < b.show);
}

// The lists of n shows; list r belongs to the show of row r and is in ranking order, or in the
// order of choice if they are diverse.
struct RecommendationLists {
    std::vector<ShowId> shows;          // n, ascending
    std::vector<std::size_t> start{0};  // n + 1
    std::vector<Recommendation> entries;

    [[nodiscard]] std::size_t size() const noexcept { return shows.size(); }
    [[nodiscard]] std::span<const Recommendation> of(std::size_t row) const noexcept {
        return std::span(entries).subspan(start[row], start[row + 1] - start[row]);
    }
};

}  // namespace bingefriend
