#include "gate/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace bingefriend {
namespace {

bool stands_in(std::span<const Recommendation> list, ShowId id) {
    return std::any_of(list.begin(), list.end(), [&](const Recommendation& r) { return r.show == id; });
}

std::vector<ShowId> ids_of(std::span<const Recommendation> list) {
    std::vector<ShowId> ids;
    for (const Recommendation& r : list) {
        ids.push_back(r.show);
    }
    return ids;
}

bool changed_more(const ChangedShow& a, const ChangedShow& b) {
    return std::tie(a.overlap, a.id) < std::tie(b.overlap, b.id);
}

GenerationFigures figures_now(const Catalogue& catalogue, const RecommendationLists& lists) {
    GenerationFigures figures;
    figures.shows = catalogue.shows.size();
    for (std::size_t row = 0; row < figures.shows; ++row) {
        figures.with_genres += catalogue.shows[row].genres.empty() ? 0 : 1;
        figures.with_summary += catalogue.shows[row].summary.empty() ? 0 : 1;
        figures.with_recommendations += lists.of(row).empty() ? 0 : 1;
    }
    return figures;
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// What is equal on paper does not refuse for a rounding.
constexpr double tolerance = 1e-9;

// A database may keep a number a little less exactly than it was given.
bool same(const RankingSettings& a, const RankingSettings& b) {
    const auto near = [](double x, double y) { return std::abs(x - y) < tolerance; };
    return a.top_n == b.top_n && near(a.min_similarity, b.min_similarity) && near(a.diversity, b.diversity) &&
           a.max_per_franchise == b.max_per_franchise &&
           std::equal(a.weights.values.begin(), a.weights.values.end(), b.weights.values.begin(), near);
}

}  // namespace

GenerationComparison::GenerationComparison(const Catalogue& catalogue, const RecommendationLists& lists,
                                           const RankingSettings& ranking,
                                           const std::string& feature_settings, const Generation& before)
    : catalogue_(catalogue), lists_(lists), depth_(std::min({depth, ranking.top_n, before.ranking.top_n})) {
    comparison_.with_generation = before.number;
    comparison_.now = figures_now(catalogue, lists);
    comparison_.same_ranking = same(ranking, before.ranking) && (before.feature_settings.empty() ||
                                                                 before.feature_settings == feature_settings);
}

bool GenerationComparison::was_there(ShowId id) const {
    return std::binary_search(shows_before_.begin(), shows_before_.end(), id);
}

bool GenerationComparison::is_there(ShowId id) const {
    return std::binary_search(lists_.shows.begin(), lists_.shows.end(), id);
}

void GenerationComparison::add_show(const ShowDetails& show) {
    GenerationFigures& before = comparison_.before;
    ++before.shows;
    before.with_genres += show.genres.empty() ? 0 : 1;
    before.with_summary += show.summary.empty() ? 0 : 1;
    shows_before_.push_back(show.id);
}

void GenerationComparison::add_list(ShowId show, std::span<const Recommendation> list) {
    comparison_.before.with_recommendations += list.empty() ? 0 : 1;
    while (row_ < lists_.size() && lists_.shows[row_] < show) {
        ++row_;
    }
    if (row_ == lists_.size() || lists_.shows[row_] != show) {
        return;
    }
    const auto before = list.first(std::min(list.size(), depth_));
    const auto all = lists_.of(row_);
    const auto now = all.first(std::min(all.size(), depth_));
    std::size_t stayed = 0;
    std::size_t could_stay = 0;
    for (const Recommendation& r : before) {
        const bool stays = stands_in(now, r.show);
        stayed += stays ? 1 : 0;
        could_stay += stays || is_there(r.show) ? 1 : 0;
    }
    const auto newcomers =
        static_cast<std::size_t>(std::count_if(now.begin(), now.end(), [&](const Recommendation& r) {
            return !stands_in(before, r.show) && !was_there(r.show);
        }));
    could_stay = std::min(could_stay, depth_ - newcomers);
    if (could_stay > 0) {
        const double overlap = share(stayed, could_stay);
        sum_ += overlap;
        ++comparison_.compared;
        keep_if_changed(row_, overlap, before, now);
    }
}

void GenerationComparison::keep_if_changed(std::size_t row, double overlap,
                                           std::span<const Recommendation> before,
                                           std::span<const Recommendation> now) {
    std::vector<ChangedShow>& most = comparison_.changed_most;
    const bool full = most.size() == changed_most;
    if (overlap >= 1 || (full && overlap >= most.back().overlap)) {
        return;  // ids ascend: of two equal overlaps the one that is there comes first
    }
    if (full) {
        most.pop_back();
    }
    ChangedShow show{lists_.shows[row], catalogue_.shows[row].name, overlap, ids_of(before), ids_of(now)};
    const auto place = std::upper_bound(most.begin(), most.end(), show, changed_more);
    most.insert(place, std::move(show));
}

Comparison GenerationComparison::result() && {
    std::size_t in_both = 0;
    for (const ShowId id : shows_before_) {
        in_both += is_there(id) ? 1 : 0;
    }
    comparison_.shows_removed = shows_before_.size() - in_both;
    comparison_.shows_added = lists_.size() - in_both;
    if (comparison_.compared > 0) {
        comparison_.mean_overlap = sum_ / static_cast<double>(comparison_.compared);
    }
    return std::move(comparison_);
}

std::vector<std::string> objections(const Comparison& comparison, const GateLimits& limits) {
    const GenerationFigures& before = comparison.before;
    const GenerationFigures& now = comparison.now;
    std::vector<std::string> found;
    if (share(now.shows, before.shows) < limits.min_shows - tolerance && before.shows > 0) {
        found.push_back(fmt::format("{} shows are fewer than {:g}% of the {} published", now.shows,
                                    100 * limits.min_shows, before.shows));
    }
    const auto check_fall = [&](const char* what, std::size_t GenerationFigures::*count) {
        const double was = share(before.*count, before.shows);
        const double is = share(now.*count, now.shows);
        if (was - is > limits.max_fall + tolerance) {
            found.push_back(fmt::format(
                "the share of shows with {} fell from {:.1f}% to {:.1f}%, by more than {:g} points", what,
                100 * was, 100 * is, 100 * limits.max_fall));
        }
    };
    check_fall("genres", &GenerationFigures::with_genres);
    check_fall("a summary", &GenerationFigures::with_summary);
    check_fall("recommendations", &GenerationFigures::with_recommendations);
    if (comparison.same_ranking && comparison.mean_overlap.value_or(1) < limits.min_overlap - tolerance) {
        found.push_back(
            fmt::format("the lists of {} shows overlap with those published by {:.2f}, less than {:g}",
                        comparison.compared, *comparison.mean_overlap, limits.min_overlap));
    }
    return found;
}

}  // namespace bingefriend
