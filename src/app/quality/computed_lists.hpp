// Lists that a recipe gives, of some shows and with only these in them.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "domain/features.hpp"
#include "domain/parts.hpp"
#include "domain/show.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

struct ListedRecipe {
    std::string name;
    FeatureSettings features;
    Weights weights = default_weights;  // with sum 1
};

// Features and score are those of the whole catalogue. The lists hold the first `length` of `shows` with a
// score of at least min_similarity: the full ranking without the other shows. REQUIRES: shows are ids of the
// catalogue, ascending.
[[nodiscard]] ShowLists computed_lists(const Catalogue& catalogue, const ListedRecipe& recipe,
                                       std::span<const ShowId> shows, std::size_t length,
                                       double min_similarity, std::size_t threads);

}  // namespace bingefriend
