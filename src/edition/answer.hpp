// Query + features of a generation -> its result, with the kernel's own scores; reasons of stored lists.
#pragma once

#include "edition/indexed_features.hpp"
#include "edition/query.hpp"

namespace bingefriend {

// Answers a query.  The list is empty if no like is in the catalogue.  `weights`: those of the generation.
[[nodiscard]] QueryResult answer(const Query& query, const IndexedFeatures& features, const Weights& weights);

// Adds the reasons of each entry to the stored list of a show.  Throws Error{input} if the list was not made
// from these features.
void add_reasons(ShowId show, const IndexedFeatures& features, RankedList& list);

}  // namespace bingefriend
