// The rows of shows, each checked as it is read.  All throw DatabaseError, of damage too.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "database/connection.hpp"
#include "store/checksums.hpp"

namespace bingefriend {

struct StoredShow {
    ShowDetails facts;
    ShowPlace place;
    std::int64_t generation = 0;
    std::int64_t checksum = 0;
    bool checked = false;  // false: of a generation that was written before there were checksums
};

// The row that a statement about shows is at.
[[nodiscard]] StoredShow show_in(Rows& row, const Connection& connection);

// The shows of such a statement, in its order, that of their ids.
[[nodiscard]] std::vector<StoredShow> read_shows(Connection& connection, std::string_view sql,
                                                 std::span<const Value> values);
[[nodiscard]] inline std::vector<StoredShow> read_shows(Connection& connection, std::string_view sql,
                                                        std::initializer_list<Value> values) {
    return read_shows(connection, sql, std::span(values.begin(), values.size()));
}

// Those of the ids that the generation has, by id.  REQUIRES: ascending ids, each once.
[[nodiscard]] std::vector<StoredShow> read_shows_of(Connection& connection, std::int64_t generation,
                                                    std::span<const ShowId> ids);

// Throws where the generation has lost a show between two of these, which follow each other in it.
void require_neighbours(const Connection& connection, std::span<const StoredShow> shows);

// Throws where the generation has lost the show; passes where it never had it.
void require_absent(Connection& connection, const StoredGeneration& generation, ShowId show);

// How many ids the next statement asks for: few numbers, as each is a statement of its own to prepare.
[[nodiscard]] std::size_t places_for(std::size_t ids);

// A statement whose last ? stands for that many.
[[nodiscard]] std::string with_places(std::string_view statement, std::size_t places);

// The values of such a statement: `first`, then the ids; the last id fills the places that are left.
[[nodiscard]] std::vector<Value> with_ids(std::vector<Value> first, std::span<const ShowId> ids,
                                          std::size_t places);

}  // namespace bingefriend
