#include "store/generation_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "store/damage.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

// The columns that stand before and behind the weights.
constexpr unsigned first_weight = 6;
constexpr unsigned after_weights = first_weight + part_count;
constexpr unsigned checksum_column = after_weights + 9;
constexpr unsigned pointer_column = after_weights + 10;

bool is_plausible(const StoredGeneration& stored) {
    const Generation& g = stored.generation;
    const Weights& w = g.ranking.weights;
    constexpr std::size_t most = 1'000'000;
    return g.number > 0 && g.shows >= 0 && g.recommendations >= 0 && g.shows_with_recommendations >= 0 &&
           stored.first_show >= 0 && g.ranking.top_n <= most && std::isfinite(g.ranking.min_similarity) &&
           std::isfinite(g.ranking.diversity) && g.ranking.max_per_franchise <= most &&
           std::all_of(w.values.begin(), w.values.end(), [](double weight) { return std::isfinite(weight); });
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
    for (unsigned part = 0; part < part_count; ++part) {
        g.ranking.weights.values[part] = row.real(first_weight + part);
    }
    g.ranking.top_n = static_cast<std::size_t>(row.integer(after_weights));
    g.ranking.min_similarity = row.real(after_weights + 1);
    g.current = row.integer(after_weights + 2) != 0;
    stored.first_show = row.integer(after_weights + 3);
    stored.spread = row.integer(after_weights + 4);
    stored.parts = {row.integer(after_weights + 5), row.integer(after_weights + 6),
                    row.integer(after_weights + 7), row.integer(after_weights + 8)};
    g.checksum = row.integer(checksum_column);
    g.database = row.text(after_weights + 11);
    g.recipe = row.text(after_weights + 12);
    g.feature_settings = row.text(after_weights + 13);
    g.ranking.diversity = row.real(after_weights + 14);
    g.ranking.max_per_franchise = static_cast<std::size_t>(row.integer(after_weights + 15));
    stored.checked = !row.is_null(checksum_column);
    // A row of before has neither the one nor the others.
    const bool is_right = stored.checked ? g.checksum == generation_checksum(stored)
                                         : row.is_null(after_weights + 5) && row.is_null(after_weights + 6);
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

StoredGeneration require_generation(Connection& connection, std::int64_t number) {
    std::optional<StoredGeneration> stored = stored_generation(connection, number);
    if (!stored) {
        report_damage(connection, fmt::format("generation {} is not there", number));
    }
    return *std::move(stored);
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

std::string json_of(const ScoreSpread& spread) {
    nlohmann::json json{{"lists", spread.lists},
                        {"recommendations", spread.recommendations},
                        {"recommended_shows", spread.recommended_shows},
                        {"mean_score", spread.mean_score},
                        {"score", spread.score}};
    for (const PartDefinition& d : all_parts) {
        if (is_shown(d, spread)) {
            json[d.name] = spread.parts[d.part];
        }
    }
    return json.dump();
}

std::optional<ScoreSpread> spread_in(std::string_view text) {
    try {
        const auto json = nlohmann::json::parse(text);
        ScoreSpread spread;
        json.at("lists").get_to(spread.lists);
        json.at("recommendations").get_to(spread.recommendations);
        json.at("recommended_shows").get_to(spread.recommended_shows);
        json.at("mean_score").get_to(spread.mean_score);
        json.at("score").get_to(spread.score);
        for (const PartDefinition& d : all_parts) {
            if (d.always_shown || json.contains(d.name)) {
                json.at(d.name).get_to(spread.parts[d.part]);
            }
        }
        return spread;
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

}  // namespace bingefriend
