#include "store/whole_parts.hpp"

#include <fmt/format.h>

#include <optional>

#include "store/damage.hpp"
#include "store/list_rows.hpp"
#include "store/statements.hpp"
#include "store/word_rows.hpp"

namespace bingefriend {
namespace {

void require_part(const Connection& connection, const StoredGeneration& generation, bool is_right,
                  const char* what) {
    if (generation.checked && !is_right) {
        report_damage(connection, fmt::format("{} of generation {} are not those that were written", what,
                                              generation.generation.number));
    }
}

}  // namespace

std::vector<ShowId> read_ids(Connection& connection, const StoredGeneration& generation) {
    const std::unique_ptr<Rows> rows = connection.query(sql::stored_shows, {generation.generation.number});
    std::vector<ShowId> ids;
    std::int64_t checksum = 0;
    std::int64_t next = generation.first_show;
    while (rows->next()) {
        const std::int64_t id = rows->integer(0);
        if (!ids.empty() && id <= to_number(ids.back())) {
            report_damage(connection, "shows are out of order");
        }
        require_part(connection, generation, id == next, "the ids");
        next = rows->integer(2);
        add_row(checksum, rows->integer(1));
        ids.push_back(ShowId{id});
    }
    require_part(connection, generation, next == 0 && checksum == generation.parts.shows, "the shows");
    ids.shrink_to_fit();
    return ids;
}

void visit_shows(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(const ShowDetails& show)>& visit) {
    const std::unique_ptr<Rows> rows = connection.query(sql::all_shows, {generation.generation.number});
    std::int64_t checksum = 0;
    std::optional<ShowId> last;
    while (rows->next()) {
        const StoredShow show = show_in(*rows, connection);
        if (show.checked != generation.checked || (last && show.facts.id <= *last)) {
            report_damage(connection, fmt::format("show {} is not in its place", to_number(show.facts.id)));
        }
        last = show.facts.id;
        add_row(checksum, show.checksum);
        visit(show.facts);
    }
    require_part(connection, generation, checksum == generation.parts.shows, "the shows");
}

void visit_lists(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) {
    const std::unique_ptr<Rows> rows = connection.query(sql::all_lists, {generation.generation.number});
    std::int64_t checksum = 0;
    std::optional<ListRows> list;
    const auto end_list = [&] {
        if (list) {
            list->require_end(connection);
            require_part(connection, generation, !list->unchecked(), "the lists");
            add_row(checksum, list->checksum());
            visit(list->show(), list->entries());
        }
    };
    while (rows->next()) {
        const ShowId show{rows->integer(0)};
        if (!list || list->show() != show) {
            end_list();
            if (list && show < list->show()) {
                report_damage(connection, "lists are out of order");
            }
            list.emplace(generation.generation.number, show);
        }
        if (!rows->is_null(1)) {
            list->take(*rows, 1, connection);
        }
    }
    end_list();
    require_part(connection, generation, checksum == generation.parts.lists, "the lists");
}

void visit_words(Connection& connection, const StoredGeneration& generation,
                 const std::function<void(const NameWord& word)>& visit) {
    const std::unique_ptr<Rows> rows = connection.query(sql::words, {generation.generation.number});
    std::int64_t checksum = 0;
    WordRows words(generation.generation.number);
    while (rows->next()) {
        const NameWord& word = words.take(*rows, connection);
        add_row(checksum, word_checksum(generation.generation.number, word));
        visit(word);
    }
    require_part(connection, generation, checksum == generation.parts.words && !words.unchecked(),
                 "the words of the names");
}

}  // namespace bingefriend
