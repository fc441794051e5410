#include "store/show_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "store/damage.hpp"
#include "store/generation_row.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

// Whether a row without a checksum can be shown at all.
bool is_usable(const ShowDetails& show) {
    constexpr std::size_t most = ShowLimits::summary_bytes;
    const auto is_text = [](const std::string& text) { return text.size() <= most && is_utf8(text); };
    const ShowLinks& links = show.links;
    const std::array texts{&show.name,          &show.summary,         &show.type,
                           &show.language,      &show.network,         &show.premiered,
                           &show.status,        &show.web_channel,     &links.url,
                           &links.image_medium, &links.image_original, &links.imdb};
    return std::all_of(texts.begin(), texts.end(), [&](const std::string* text) { return is_text(*text); }) &&
           std::all_of(show.genres.begin(), show.genres.end(), is_text) &&
           (!show.rating || (*show.rating >= 0 && *show.rating <= 10));
}

std::vector<std::string> genres_in(const std::string& text) {
    std::vector<std::string> genres;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    for (const auto& genre : json.is_array() ? json : nlohmann::json::array()) {
        if (genre.is_string()) {
            genres.push_back(genre.get<std::string>());
        }
    }
    return genres;
}

// The columns that every statement about shows has.
StoredShow parsed(Rows& row) {
    StoredShow stored;
    ShowDetails& facts = stored.facts;
    facts.id = ShowId{row.integer(0)};
    facts.name = row.text(1);
    facts.genres = genres_in(row.text(2));
    facts.summary = row.text(3);
    facts.type = row.text(4);
    facts.language = row.text(5);
    facts.network = row.text(6);
    facts.premiered = row.text(7);
    if (!row.is_null(8)) {
        facts.rating = row.real(8);
    }
    facts.status = row.text(9);
    facts.web_channel = row.text(10);
    facts.links = {row.text(11), row.text(12), row.text(13), row.text(14), row.integer(15), row.integer(16)};
    stored.generation = row.integer(17);
    stored.place = {row.integer(18), row.integer(19)};
    stored.checksum = row.integer(20);
    stored.checked = !row.is_null(20);
    return stored;
}

}  // namespace

StoredShow show_in(Rows& row, const Connection& connection) {
    StoredShow stored = parsed(row);
    const bool is_right =
        stored.checked ? stored.checksum == show_checksum(stored.generation, stored.facts, stored.place)
                       : is_usable(stored.facts);
    if (!is_right) {
        report_damage(connection, fmt::format("the row of show {} of generation {} has another checksum",
                                              to_number(stored.facts.id), stored.generation));
    }
    return stored;
}

std::vector<StoredShow> read_shows(Connection& connection, std::string_view sql,
                                   std::span<const Value> values) {
    std::vector<StoredShow> found;
    bool all_checked = true;
    {
        const std::unique_ptr<Rows> rows = connection.query(sql, values);
        while (rows->next()) {
            StoredShow next = show_in(*rows, connection);
            if (!found.empty() && next.facts.id <= found.back().facts.id) {
                report_damage(connection, "shows are out of order");
            }
            all_checked = all_checked && next.checked;
            found.push_back(std::move(next));
        }
    }
    if (!all_checked) {
        require_unchecked(connection, found.front().generation);
    }
    return found;
}

std::size_t places_for(std::size_t ids) {
    constexpr std::size_t most = PublishedReader::max_lists;
    return std::min(std::bit_ceil(ids), most);
}

std::string with_places(std::string_view statement, std::size_t places) {
    std::string sql(statement);
    std::string more;
    for (std::size_t i = 1; i < places; ++i) {
        more += ", ?";
    }
    return sql.insert(sql.rfind('?') + 1, more);
}

std::vector<Value> with_ids(std::vector<Value> values, std::span<const ShowId> ids, std::size_t places) {
    for (std::size_t i = 0; i < places; ++i) {
        values.emplace_back(to_number(ids[std::min(i, ids.size() - 1)]));
    }
    return values;
}

std::vector<StoredShow> read_shows_of(Connection& connection, std::int64_t generation,
                                      std::span<const ShowId> ids) {
    std::vector<StoredShow> by_id;
    for (std::span<const ShowId> rest = ids; !rest.empty();) {
        const std::size_t places = places_for(rest.size());
        std::vector<StoredShow> more = read_shows(connection, with_places(sql::shows_of_ids, places),
                                                  with_ids({generation}, rest, places));
        for (const StoredShow& show : more) {
            if (show.generation != generation || !std::binary_search(ids.begin(), ids.end(), show.facts.id)) {
                report_damage(connection, fmt::format("show {} of generation {} was found instead of another",
                                                      to_number(show.facts.id), show.generation));
            }
        }
        rest = rest.subspan(std::min(places, rest.size()));
        std::move(more.begin(), more.end(), std::back_inserter(by_id));
    }
    return by_id;
}

void require_neighbours(const Connection& connection, std::span<const StoredShow> shows) {
    for (std::size_t i = 1; i < shows.size(); ++i) {
        if (shows[i - 1].checked && shows[i - 1].place.next_show != to_number(shows[i].facts.id)) {
            report_damage(connection, fmt::format("show {} of generation {} is missing",
                                                  shows[i - 1].place.next_show, shows[i - 1].generation));
        }
    }
}

void require_absent(Connection& connection, const StoredGeneration& generation, ShowId show) {
    if (!generation.checked) {
        return;
    }
    const std::int64_t number = generation.generation.number;
    const std::vector<StoredShow> before =
        read_shows(connection, sql::show_before, {number, to_number(show)});
    if (!before.empty() && (before[0].generation != number || before[0].facts.id >= show)) {
        report_damage(connection, "shows are out of order");
    }
    const std::int64_t next = before.empty() ? generation.first_show : before[0].place.next_show;
    if (next != 0 && next <= to_number(show)) {
        report_damage(connection, fmt::format("show {} of generation {} is missing", next, number));
    }
}

}  // namespace bingefriend
