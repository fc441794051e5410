// A catalogue in memory -> its figures.
#pragma once

#include "domain/overview.hpp"
#include "query/live_catalogue.hpp"

namespace bingefriend {

// Cost: a pass over the shows.
[[nodiscard]] CatalogueOverview overview_of(const Generation& generation, const LiveCatalogue& catalogue);

}  // namespace bingefriend
