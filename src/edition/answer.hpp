// Query + features of a generation -> its result, with the kernel's own scores; reasons of stored lists.
#pragma once

#include <cstdint>
#include <span>

#include "edition/indexed_features.hpp"
#include "edition/query.hpp"

namespace bingefriend {

// Answers a query.  The list is empty if no like is in the catalogue.  `weights`: of the generation.
// franchises: of each row; empty if query.max_per_franchise is 0.
[[nodiscard]] QueryResult answer(const Query& query, const IndexedFeatures& features, const Weights& weights,
                                 std::span<const std::uint32_t> franchises = {});

// Adds the reasons of each entry to the stored list of a show.  Throws Error{input} if the list was not made
// from these features.
void add_reasons(ShowId show, const IndexedFeatures& features, RankedList& list);

}  // namespace bingefriend
