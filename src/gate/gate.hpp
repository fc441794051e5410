// The gate: a new generation is compared with the published one before it takes its place.  Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "domain/comparison.hpp"
#include "domain/published.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"

namespace bingefriend {

struct GateLimits {
    double min_shows = 0.9;    // shows, as a share of those published
    double max_fall = 0.05;    // of a share of all shows (with genres, ...): 0.05 is 5 points
    double min_overlap = 0.5;  // of the lists, on average
};

// Compares the lists of `catalogue` with a published generation that is given show by show, so that
// only its ids are kept in memory.
//
// The overlap of one show: of the recommendations before that are still in the catalogue and that
// shows which were not there before leave room for, the share that is recommended now.  Lists are
// compared to the shorter of both lengths asked for, at most 20.  A catalogue that grows or shrinks
// thus keeps an overlap of 1 as long as what is left stands in its old order.
//
// Cost: O(shows × 20²) at most, 8 bytes of memory a published show.
class GenerationComparison {
  public:
    static constexpr std::size_t depth = 20;
    static constexpr std::size_t changed_most = 10;

    // REQUIRES: lists.shows are the catalogue's ids; both outlive the comparison.  feature_settings: as the
    // new generation will have them.
    GenerationComparison(const Catalogue& catalogue, const RecommendationLists& lists,
                         const RankingSettings& ranking, const std::string& feature_settings,
                         const Generation& before);

    // First every published show, then every published list, each in ascending id order.
    void add_show(const ShowDetails& show);
    void add_list(ShowId show, std::span<const Recommendation> list);

    // Without objections.
    [[nodiscard]] Comparison result() &&;

  private:
    [[nodiscard]] bool was_there(ShowId id) const;
    [[nodiscard]] bool is_there(ShowId id) const;
    void keep_if_changed(std::size_t row, double overlap, std::span<const Recommendation> before,
                         std::span<const Recommendation> now);

    const Catalogue& catalogue_;
    const RecommendationLists& lists_;
    std::size_t depth_;
    Comparison comparison_;
    std::vector<ShowId> shows_before_;
    std::size_t row_ = 0;
    double sum_ = 0;
};

// Why the new generation should not take the place of the one before; empty if nothing is wrong.
// The overlap is judged only where both were ranked with the same settings.
[[nodiscard]] std::vector<std::string> objections(const Comparison& comparison, const GateLimits& limits);

}  // namespace bingefriend
