// The lists of single shows side by side.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/quality/summary.hpp"
#include "domain/show.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

// The first `length` entries of the lists of the shows with these ids or names. Names are compared without
// case and accents. rows: the shows that the sets have lists of. Throws Error{input} if no such show has one
// of the names, or several.
[[nodiscard]] std::vector<Example> examples(const Catalogue& catalogue, std::span<const std::size_t> rows,
                                            std::span<const std::string> shows,
                                            std::span<const ItemLists> sets, std::size_t length);

}  // namespace bingefriend
