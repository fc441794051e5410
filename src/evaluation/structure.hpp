// What lists are like, without ratings.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "domain/show.hpp"
#include "evaluation/lists.hpp"
#include "evaluation/measures.hpp"

namespace bingefriend {

// Means over the shows that have a value.
struct Structure {
    double mean_length = 0;
    Spread spread;
    std::optional<double> genre_diversity;  // of a list: mean of 1 - cosine of the genre sets of two entries
    std::optional<double> years_apart;      // of a list: mean distance of its entries from the show
    std::optional<double> overlap_with_first;  // share of entries that the list of the first set has, too
};

// The structure of each set of lists of the shows in these rows. Only the first `length` entries count.
// Entries without genres or year are left out of the means. Cost: length² comparisons of genres per show.
// years: of premiere, per row.
[[nodiscard]] std::vector<Structure> structures(const Catalogue& catalogue, std::span<const std::size_t> rows,
                                                const Years& years, std::span<const ItemLists> sets,
                                                std::size_t length);

}  // namespace bingefriend
