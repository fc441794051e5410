// Goes through all that a generation stores of one kind, in one answer, and compares it with the checksum of
// the whole: so damage may be found when all was visited.  All throw DatabaseError, of damage too.
//
// REQUIRES: a snapshot, as the generation may be deleted meanwhile.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "database/connection.hpp"
#include "store/checksums.hpp"
#include "store/show_rows.hpp"

namespace bingefriend {

[[nodiscard]] std::vector<ShowId> read_ids(Connection& connection, const StoredGeneration& generation);

// In id order, as the next.
void visit_shows(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(const ShowDetails& show)>& visit);

void visit_lists(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit);

// By word, show and position.
void visit_words(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(const NameWord& word)>& visit);

}  // namespace bingefriend
