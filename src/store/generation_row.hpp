// The rows of the table of generations, each checked as it is read.  All throw DatabaseError, of damage too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.hpp"
#include "store/checksums.hpp"

namespace bingefriend {

// The published generation, as the connection sees it.
[[nodiscard]] std::optional<StoredGeneration> current_stored(Connection& connection);
[[nodiscard]] std::optional<Generation> current_generation(Connection& connection);

// Those that were written whole: one by its number; all, newest first.
[[nodiscard]] std::optional<StoredGeneration> stored_generation(Connection& connection, std::int64_t number);
[[nodiscard]] std::vector<Generation> stored_generations(Connection& connection);

// Throws unless the generation is there.
[[nodiscard]] StoredGeneration require_generation(Connection& connection, std::int64_t number);

// Throws unless the generation was written before there were checksums, or is gone: only then may a row of
// it have none.
void require_unchecked(Connection& connection, std::int64_t generation);

// The score distribution of a generation <-> the JSON in its column.
[[nodiscard]] std::string json_of(const ScoreSpread& spread);

// None where the text is empty or not what json_of makes.
[[nodiscard]] std::optional<ScoreSpread> spread_in(std::string_view json);

}  // namespace bingefriend
