#include "store/generation_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "store/list_rows.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

bool holds_shows(Connection& connection, std::int64_t generation, const RecommendationLists& lists,
                 std::int64_t checksum) {
    const std::unique_ptr<Rows> rows = connection.query(sql::stored_shows, {generation});
    std::size_t row = 0;
    std::int64_t stored = 0;
    while (rows->next()) {
        if (row == lists.size() || rows->integer(0) != to_number(lists.shows[row])) {
            return false;
        }
        add_row(stored, rows->integer(1));
        ++row;
    }
    return row == lists.size() && stored == checksum;
}

bool holds_lists(Connection& connection, std::int64_t generation, const RecommendationLists& lists) {
    const std::unique_ptr<Rows> rows = connection.query(sql::stored_similarities, {generation});
    for (std::size_t row = 0; row < lists.size(); ++row) {
        ListChecksum checksum(generation, lists.shows[row]);
        for (const Recommendation& r : lists.of(row)) {
            if (!rows->next() || rows->integer(0) != to_number(lists.shows[row]) || r != entry_in(*rows, 1) ||
                !checksum.matches(r, rows->integer(1 + columns_of_an_entry))) {
                return false;
            }
        }
    }
    return !rows->next();
}

bool holds_features(Connection& connection, std::int64_t generation, std::string_view bytes) {
    const std::unique_ptr<Rows> rows = connection.query(sql::features, {generation});
    while (rows->next()) {
        const std::string part = rows->text(0);
        if (!bytes.starts_with(part)) {
            return false;
        }
        bytes.remove_prefix(part.size());
    }
    return bytes.empty();
}

void require_held(const Connection& connection, bool held) {
    if (!held) {
        throw Error(ErrorKind::unavailable, "the database does not hold what was written", connection.where(),
                    "the generation before stays published; look for a trigger or another writer");
    }
}

}  // namespace

void check_lists(const Catalogue& catalogue, const RecommendationLists& lists,
                 const RankingSettings& ranking) {
    const auto require = [](bool holds, const char* what) {
        if (!holds) {
            throw std::logic_error(fmt::format("the lists are not published: {}", what));
        }
    };
    require(lists.size() == catalogue.shows.size() && lists.start.size() == lists.size() + 1,
            "they are not those of the catalogue");
    for (std::size_t row = 0; row < lists.size(); ++row) {
        require(lists.shows[row] == catalogue.shows[row].id, "they are not those of the catalogue");
        const auto list = lists.of(row);
        require(list.size() <= ranking.top_n, "one is too long");
        require(ranking.diversity > 0 || std::is_sorted(list.begin(), list.end(), ranks_before),
                "one is not in ranking order");
        for (const Recommendation& r : list) {
            require(r.show != lists.shows[row], "a show is in its own list");
            require(std::binary_search(lists.shows.begin(), lists.shows.end(), r.show),
                    "a recommended show is not in the catalogue");
            require(r.score >= 0 && r.score <= 1, "a score is not in 0 to 1");
        }
    }
}

void check_stored(Connection& connection, std::int64_t generation, const RecommendationLists& lists,
                  const PartChecksums& written) {
    require_held(connection, holds_shows(connection, generation, lists, written.shows) &&
                                 holds_lists(connection, generation, lists));
}

void check_stored(Connection& connection, std::int64_t generation, std::size_t name_words,
                  std::string_view packed_features) {
    require_held(connection,
                 connection.number(sql::count_words, {generation}) == static_cast<std::int64_t>(name_words) &&
                     holds_features(connection, generation, packed_features));
}

}  // namespace bingefriend
