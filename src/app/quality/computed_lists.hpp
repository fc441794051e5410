// Lists that a recipe gives, of some shows and with only these in them.
#pragma once

#include <cstddef>
#include <span>

#include "domain/features.hpp"
#include "domain/parts.hpp"
#include "domain/show.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

// The features of these shows, with the columns and weights of the whole catalogue. REQUIRES: shows are ids
// of the catalogue, ascending.
[[nodiscard]] Features features_of(const Catalogue& catalogue, const FeatureSettings& settings,
                                   std::span<const ShowId> shows, std::size_t threads);

// The first `length` shows of these features with a score of at least min_similarity, for each of them: the
// full ranking without the other shows of the catalogue. REQUIRES: weights with sum 1.
[[nodiscard]] ShowLists ranked_lists(const Features& features, const Weights& weights, std::size_t length,
                                     double min_similarity, std::size_t threads);

}  // namespace bingefriend
