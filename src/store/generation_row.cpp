#include "store/generation_row.hpp"

#include <fmt/format.h>

#include <cmath>

#include "store/damage.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

constexpr unsigned checksum_column = 18;
constexpr unsigned pointer_column = 19;

bool is_plausible(const StoredGeneration& stored) {
    const Generation& g = stored.generation;
    const Weights& w = g.ranking.weights;
    constexpr std::size_t most = 1'000'000;
    return g.number > 0 && g.shows >= 0 && g.recommendations >= 0 && g.shows_with_recommendations >= 0 &&
           stored.first_show >= 0 && g.ranking.top_n <= most && std::isfinite(g.ranking.min_similarity) &&
           std::isfinite(w.genre) && std::isfinite(w.text) && std::isfinite(w.metadata);
}

// What the pointer to the published generation says, where the row has it.
void check_pointer(Rows& row, const StoredGeneration& stored, const Connection& connection) {
    if (!stored.generation.current || (row.is_null(pointer_column) && !stored.checked)) {
        return;
    }
    if (row.is_null(pointer_column) ||
        row.integer(pointer_column) != pointer_checksum(stored.generation.number)) {
        report_damage(connection, "the pointer to the published generation has another checksum");
    }
}

// The columns that the three statements about generations share.
StoredGeneration generation_in(Rows& row, const Connection& connection) {
    StoredGeneration stored;
    Generation& g = stored.generation;
    g.number = row.integer(0);
    g.computed_at = row.text(1);
    g.published_at = row.text(2);
    g.shows = row.integer(3);
    g.recommendations = row.integer(4);
    g.shows_with_recommendations = row.integer(5);
    g.ranking.weights = {row.real(6), row.real(7), row.real(8)};
    g.ranking.top_n = static_cast<std::size_t>(row.integer(9));
    g.ranking.min_similarity = row.real(10);
    g.current = row.integer(11) != 0;
    stored.first_show = row.integer(12);
    stored.spread = row.integer(13);
    stored.parts = {row.integer(14), row.integer(15), row.integer(16), row.integer(17)};
    g.checksum = row.integer(checksum_column);
    g.database = row.text(20);
    stored.checked = !row.is_null(checksum_column);
    // A row of before has neither the one nor the others.
    const bool is_right =
        stored.checked ? g.checksum == generation_checksum(stored) : row.is_null(14) && row.is_null(15);
    if (!is_right || !is_plausible(stored)) {
        report_damage(connection, fmt::format("the row of generation {} has another checksum", g.number));
    }
    check_pointer(row, stored, connection);
    return stored;
}

}  // namespace

std::optional<StoredGeneration> current_stored(Connection& connection) {
    const std::unique_ptr<Rows> rows = connection.query(sql::current_generation);
    return rows->next() ? std::optional(generation_in(*rows, connection)) : std::nullopt;
}

std::optional<Generation> current_generation(Connection& connection) {
    std::optional<StoredGeneration> stored = current_stored(connection);
    return stored ? std::optional(std::move(stored->generation)) : std::nullopt;
}

std::optional<StoredGeneration> stored_generation(Connection& connection, std::int64_t number) {
    const std::unique_ptr<Rows> rows = connection.query(sql::one_generation, {number});
    return rows->next() ? std::optional(generation_in(*rows, connection)) : std::nullopt;
}

std::vector<Generation> stored_generations(Connection& connection) {
    const std::unique_ptr<Rows> rows = connection.query(sql::all_generations);
    std::vector<Generation> all;
    while (rows->next()) {
        Generation next = generation_in(*rows, connection).generation;
        if (!all.empty() && next.number >= all.back().number) {
            report_damage(connection, "the generations are out of order");
        }
        all.push_back(std::move(next));
    }
    return all;
}

void require_unchecked(Connection& connection, std::int64_t generation) {
    const std::optional<StoredGeneration> stored = stored_generation(connection, generation);
    if (stored && stored->checked) {
        report_damage(connection, fmt::format("rows of generation {} have lost their checksums", generation));
    }
}

}  // namespace bingefriend
