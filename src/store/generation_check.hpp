// What must hold before a generation may be published.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "database/connection.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "store/checksums.hpp"

namespace bingefriend {

// Throws std::logic_error where the lists are not what a reader relies on: every recommended show in
// the catalogue, none in its own list, scores in 0 to 1, in ranking order unless they are diverse, lists no
// longer than asked.
void check_lists(const Catalogue& catalogue, const RecommendationLists& lists,
                 const RankingSettings& ranking);

// Reads the generation back.  Throws Error{unavailable} unless the database holds exactly these
// lists and the metadata of each of their shows, with the checksums that were written.
void check_stored(Connection& connection, std::int64_t generation, const RecommendationLists& lists,
                  const PartChecksums& written);

// The same of the words of the names, by their number, and of the features.
void check_stored(Connection& connection, std::int64_t generation, std::size_t name_words,
                  std::string_view packed_features);

}  // namespace bingefriend
