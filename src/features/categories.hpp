// Categorical fields -> one-hot and multi-hot columns.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "domain/features.hpp"
#include "domain/show.hpp"

namespace bingefriend {

// values: n, empty where a show has none.  All distinct values are columns; none has no column.
[[nodiscard]] Categories all_categories(const std::vector<std::string_view>& values);

// The `top` most frequent values are columns; every other value, and none, counts as "other".
[[nodiscard]] Categories top_categories(const std::vector<std::string_view>& values, std::size_t top);

// With `idf`, a genre weighs ln((1 + n) / (1 + shows that have it)) + 1, else 1.
[[nodiscard]] GenreSets genre_sets(const Catalogue& catalogue, bool idf = false);

}  // namespace bingefriend
