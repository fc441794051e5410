// Chooses the entries of a list from ranked candidates, so that they differ from each other.  Pure.
//
// Maximal marginal relevance: the next entry is the candidate with the greatest
//
//   (1 - diversity) · score - diversity · (largest similarity to those already chosen)
//
// rounded to 12 decimals, the lowest id of equals; candidates of a franchise that has max_per_franchise
// entries are passed over.
//
// Source: J. Carbonell, J. Goldstein, The use of MMR, diversity-based reranking for reordering documents and
// producing summaries, SIGIR 1998.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "domain/recommendation.hpp"

namespace bingefriend {

// True if lists with these settings are chosen; else they are the first shows of the ranking.
[[nodiscard]] constexpr bool chooses(const RankingSettings& settings) noexcept {
    return settings.diversity > 0 || settings.max_per_franchise > 0;
}

// The length of the ranking that a list of settings.top_n entries is chosen from.
[[nodiscard]] constexpr std::size_t candidates_of(const RankingSettings& settings) noexcept {
    constexpr std::size_t at_least = 200;
    return settings.top_n > at_least ? settings.top_n : at_least;
}

// Up to settings.top_n of the candidates, in the order of choice.  `similarity` of two candidates, by index:
// in 0 to 1.  franchises: of each candidate; not read without settings.max_per_franchise.
//
// Cost: at most candidates × top_n similarities.  Most are not needed: a candidate is compared with the
// entries only while its value could still be the greatest.
[[nodiscard]] std::vector<Recommendation> choice(
    std::span<const Recommendation> candidates, const RankingSettings& settings,
    const std::function<double(std::size_t, std::size_t)>& similarity,
    std::span<const std::uint32_t> franchises);

}  // namespace bingefriend
