#include "store/generation_reader.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "store/retry.hpp"
#include "store/spread_json.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

std::int64_t as_limit(std::size_t n) {
    return static_cast<std::int64_t>(std::min<std::size_t>(n, std::numeric_limits<std::int64_t>::max()));
}

// The columns that current_generation.sql and all_generations.sql share.
Generation generation_in(Rows& row) {
    Generation g;
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
    return g;
}

// The columns that every statement about shows begins with.
ShowFacts facts_in(Rows& row) {
    ShowFacts facts;
    facts.id = ShowId{row.integer(0)};
    facts.name = row.text(1);
    const auto genres = nlohmann::json::parse(row.text(2), nullptr, false);
    for (const auto& genre : genres.is_array() ? genres : nlohmann::json::array()) {
        if (genre.is_string()) {
            facts.genres.push_back(genre.get<std::string>());
        }
    }
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
    return facts;
}

std::vector<ShowFacts> facts_of(Connection& connection, std::string_view sql, std::span<const Value> values) {
    const std::unique_ptr<Rows> rows = connection.query(sql, values);
    std::vector<ShowFacts> found;
    while (rows->next()) {
        found.push_back(facts_in(*rows));
    }
    return found;
}

std::vector<ShowFacts> facts_of(Connection& connection, std::string_view sql,
                                std::initializer_list<Value> values) {
    return facts_of(connection, sql, std::span(values.begin(), values.size()));
}

// How many ids the next statement asks for: few numbers, as each is a statement of its own to prepare.
std::size_t places_for(std::size_t ids) {
    constexpr std::size_t most = PublishedReader::most_lists;
    return std::min(std::bit_ceil(ids), most);
}

// A statement whose last ? stands for that many.
std::string with_places(std::string_view statement, std::size_t places) {
    std::string sql(statement);
    std::string more;
    for (std::size_t i = 1; i < places; ++i) {
        more += ", ?";
    }
    return sql.insert(sql.rfind('?') + 1, more);
}

// The values of such a statement: `first`, then the ids, the last of them again where places are left.
std::vector<Value> with_ids(Value first, std::span<const ShowId> ids, std::size_t places) {
    std::vector<Value> values{first};
    for (std::size_t i = 0; i < places; ++i) {
        values.emplace_back(to_number(ids[std::min(i, ids.size() - 1)]));
    }
    return values;
}

// Of one statement, so of one moment: a row of any list tells the generation of all, which is 0 without one.
std::vector<ExplainedList> lists_in(std::span<const ShowId> shows, std::size_t n, Connection& connection) {
    std::vector<std::size_t> by_id(shows.size());
    std::iota(by_id.begin(), by_id.end(), 0);
    std::sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) { return shows[a] < shows[b]; });
    std::vector<ExplainedList> lists(shows.size());
    const std::size_t places = places_for(shows.size());
    const std::unique_ptr<Rows> rows =
        connection.query(with_places(sql::recommendations, places), with_ids(as_limit(n), shows, places));
    std::int64_t generation = 0;
    auto at = by_id.begin();
    while (rows->next()) {  // in the order of the shows, then in that of the list
        generation = rows->integer(0);
        while (to_number(shows[*at]) != rows->integer(1)) {
            ++at;
        }
        lists[*at].entries.push_back(
            {ShowId{rows->integer(2)}, rows->real(3), rows->real(4), rows->real(5), rows->real(6)});
    }
    for (std::size_t i = 0; i < by_id.size(); ++i) {
        lists[by_id[i]].generation = generation;
        if (i > 0 && shows[by_id[i]] == shows[by_id[i - 1]]) {
            lists[by_id[i]].entries = lists[by_id[i - 1]].entries;
        }
    }
    return lists;
}

// The facts, which are in id order, in that of `ids`.
std::vector<ShowFacts> in_order(std::span<const ShowId> ids, std::vector<ShowFacts> facts) {
    std::vector<ShowFacts> ordered;
    ordered.reserve(facts.size());
    std::vector<bool> taken(facts.size());
    for (const ShowId id : ids) {
        const auto at = std::lower_bound(facts.begin(), facts.end(), id,
                                         [](const ShowFacts& f, ShowId wanted) { return f.id < wanted; });
        const auto place = static_cast<std::size_t>(at - facts.begin());
        if (place < facts.size() && at->id == id && !taken[place]) {
            taken[place] = true;
            ordered.push_back(std::move(*at));
        }
    }
    return ordered;
}

}  // namespace

template <typename Question>
auto GenerationReader::answer(Question question) {
    return with_retries({.attempts = 3, .reconnects = true}, [&](int) {
        ConnectionPool::Lease lease = pool_->take();
        try {
            return question(*lease);
        } catch (const DatabaseError& error) {
            if (error.failure() == Failure::connection_lost) {
                lease.drop();
            }
            throw;
        }
    });
}

std::optional<Generation> current_generation(Connection& connection) {
    const std::unique_ptr<Rows> rows = connection.query(sql::current_generation);
    return rows->next() ? std::optional(generation_in(*rows)) : std::nullopt;
}

std::optional<Generation> GenerationReader::current() {
    return answer(current_generation);
}

std::optional<ScoreSpread> GenerationReader::spread() {
    return answer([](Connection& connection) {
        const std::unique_ptr<Rows> rows = connection.query(sql::spread);
        return rows->next() ? spread_in(rows->text(0)) : std::nullopt;
    });
}

std::vector<Generation> GenerationReader::generations() {
    return answer([](Connection& connection) {
        const std::unique_ptr<Rows> rows = connection.query(sql::all_generations);
        std::vector<Generation> all;
        while (rows->next()) {
            all.push_back(generation_in(*rows));
        }
        return all;
    });
}

std::vector<ExplainedList> GenerationReader::lists(std::span<const ShowId> shows, std::size_t n) {
    return answer([&](Connection& connection) {
        std::vector<ExplainedList> lists = lists_in(shows, n, connection);
        if (lists.front().generation == 0) {  // no row tells: both are asked of one moment
            Transaction one_snapshot(connection, Transaction::Kind::snapshot);
            lists = lists_in(shows, n, connection);
            if (lists.front().generation == 0) {
                const std::optional<Generation> current = current_generation(connection);
                for (ExplainedList& list : lists) {
                    list.generation = current ? current->number : 0;
                }
            }
            one_snapshot.commit();
        }
        return lists;
    });
}

std::optional<ShowFacts> GenerationReader::show(ShowId id) {
    return answer([&](Connection& connection) {
        const std::vector<ShowFacts> found = facts_of(connection, sql::show, {to_number(id)});
        return found.empty() ? std::nullopt : std::optional(found.front());
    });
}

std::vector<ShowFacts> GenerationReader::shows(std::span<const ShowId> ids, std::int64_t generation) {
    std::vector<ShowId> wanted(ids.begin(), ids.end());
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    std::vector<ShowFacts> found = answer([&](Connection& connection) {
        std::vector<ShowFacts> by_id;
        for (std::span<const ShowId> rest = wanted; !rest.empty();) {
            const std::size_t places = places_for(rest.size());
            std::vector<ShowFacts> more = facts_of(connection, with_places(sql::shows_of_ids, places),
                                                   with_ids(generation, rest, places));
            rest = rest.subspan(std::min(places, rest.size()));
            std::move(more.begin(), more.end(), std::back_inserter(by_id));
        }
        return by_id;
    });
    return in_order(ids, std::move(found));
}

std::vector<ShowFacts> GenerationReader::shows_from(std::size_t offset, std::size_t limit) {
    return answer([&](Connection& connection) {
        return facts_of(connection, sql::shows_from, {as_limit(limit), as_limit(offset)});
    });
}

std::string GenerationReader::packed_features(std::int64_t generation, std::int64_t part) {
    return answer([&](Connection& connection) {
        const std::unique_ptr<Rows> rows = connection.query(sql::features_part, {generation, part});
        return rows->next() ? rows->text(0) : std::string();
    });
}

std::vector<ShowId> GenerationReader::show_ids(std::int64_t generation) {
    return answer([&](Connection& connection) {
        const std::unique_ptr<Rows> rows = connection.query(sql::stored_shows, {generation});
        std::vector<ShowId> ids;
        while (rows->next()) {
            ids.push_back(ShowId{rows->integer(0)});
        }
        ids.shrink_to_fit();
        return ids;
    });
}

// None of those that follow is asked again: part of the answer may have been used already.

void GenerationReader::for_each_name_word(std::int64_t generation,
                                          const std::function<void(const NameWord& word)>& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    const std::unique_ptr<Rows> rows = lease->query(sql::words, {generation});
    while (rows->next()) {
        visit({ShowId{rows->integer(1)}, rows->text(0), static_cast<std::uint32_t>(rows->integer(2)),
               static_cast<std::uint32_t>(rows->integer(3))});
    }
}

void GenerationReader::for_each_name(std::int64_t generation,
                                     const std::function<void(ShowId show, std::string_view name)>& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    const std::unique_ptr<Rows> rows = lease->query(sql::names, {generation});
    while (rows->next()) {
        visit(ShowId{rows->integer(0)}, rows->text(1));
    }
}

void GenerationReader::for_each_show(const std::function<void(const ShowFacts& show)>& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    const std::unique_ptr<Rows> rows = lease->query(sql::all_shows);
    while (rows->next()) {
        visit(facts_in(*rows));
    }
}

void GenerationReader::for_each_list(
    const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    const std::unique_ptr<Rows> rows = lease->query(sql::all_lists);
    std::optional<ShowId> show;
    std::vector<Recommendation> list;
    while (rows->next()) {
        const ShowId next{rows->integer(0)};
        if (show && *show != next) {
            visit(*show, list);
            list.clear();
        }
        show = next;
        if (!rows->is_null(1)) {
            list.push_back(
                {ShowId{rows->integer(1)}, rows->real(2), rows->real(3), rows->real(4), rows->real(5)});
        }
    }
    if (show) {
        visit(*show, list);
    }
}

}  // namespace bingefriend
