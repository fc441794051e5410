#include "store/generation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "database/retry.hpp"
#include "store/damage.hpp"
#include "store/generation_row.hpp"
#include "store/generation_verifier.hpp"
#include "store/list_rows.hpp"
#include "store/show_rows.hpp"
#include "store/statements.hpp"
#include "store/whole_parts.hpp"

namespace bingefriend {
namespace {

// The facts of the shows, which are in id order, in that of `ids`.
std::vector<ShowDetails> in_order(std::span<const ShowId> ids, std::vector<StoredShow> shows) {
    std::vector<ShowDetails> ordered;
    ordered.reserve(shows.size());
    std::vector<bool> taken(shows.size());
    for (const ShowId id : ids) {
        const auto at =
            std::lower_bound(shows.begin(), shows.end(), id,
                             [](const StoredShow& show, ShowId wanted) { return show.facts.id < wanted; });
        const auto place = static_cast<std::size_t>(at - shows.begin());
        if (place < shows.size() && at->facts.id == id && !taken[place]) {
            taken[place] = true;
            ordered.push_back(std::move(at->facts));
        }
    }
    return ordered;
}

// Throws if the generation has lost one of the wanted shows.
void require_lost_none(Connection& connection, std::int64_t generation, std::span<const ShowId> wanted,
                       std::span<const StoredShow> found) {
    if (wanted.size() == found.size()) {
        return;
    }
    const StoredGeneration stored = require_generation(connection, generation);
    auto at = found.begin();
    for (const ShowId show : wanted) {
        if (at != found.end() && at->facts.id == show) {
            ++at;
        } else {
            require_absent(connection, stored, show);
        }
    }
}

// Reads data of a generation.  Damage of one that is not published is GenerationGone: it may be deleted
// meanwhile.
template <typename Read>
auto unless_gone(Connection& connection, std::int64_t generation, const Read& read) {
    try {
        return read(connection);
    } catch (const DatabaseError& error) {
        if (error.failure() != Failure::damaged) {
            throw;
        }
        const std::optional<Generation> current = current_generation(connection);
        if (current && current->number == generation) {
            throw;
        }
    }
    throw GenerationGone(generation);
}

// `visit`, until the database is replaced.
template <typename Visit>
auto while_current(const ConnectionPool::Lease& lease, const Visit& visit) {
    return [&](const auto&... values) {
        lease.require_current();
        visit(values...);
    };
}

ConnectionPool::Found identity_of(const std::optional<Generation>& current) {
    if (!current) {
        return {"", "none"};
    }
    return {current->database,
            fmt::format("{} {} {}", current->number, current->checksum, current->published_at)};
}

}  // namespace

template <typename Read>
auto GenerationReader::read(const Read& read) {
    try {
        return on_a_connection(read);
    } catch (const DatabaseError& error) {
        if (error.failure() != Failure::damaged || !pool_->renew_for_damage()) {
            throw;
        }
    }
    return on_a_connection(read);
}

template <typename Read>
auto GenerationReader::read_of(std::int64_t generation, const Read& read) {
    return this->read([&](Connection& connection) { return unless_gone(connection, generation, read); });
}

template <typename Read>
auto GenerationReader::on_a_connection(const Read& read) {
    return with_retries({.attempts = 3, .reconnects = true}, [&](int) {
        ConnectionPool::Lease lease = pool_->take();
        try {
            return read(*lease);
        } catch (const DatabaseError& error) {
            if (error.failure() == Failure::connection_lost || error.failure() == Failure::damaged) {
                lease.drop();
            }
            throw;
        }
    });
}

std::optional<Generation> GenerationReader::current() {
    return read([](Connection& connection) { return current_generation(connection); });
}

std::optional<Generation> GenerationReader::current_anew() {
    for (int attempt = 0;; ++attempt) {
        try {
            ConnectionPool::Lease lease = pool_->take_new();
            std::optional<Generation> current = current_generation(*lease);
            lease.drop();
            pool_->found(identity_of(current));
            return current;
        } catch (const Error&) {
            pool_->found({});
            if (attempt > 0 || !pool_->renew_for_damage()) {
                throw;
            }
        }
    }
}

Verification GenerationReader::verify(std::int64_t generation, const std::function<bool()>& may_go_on) {
    return verify_generation(*pool_, generation, may_go_on);
}

std::optional<ScoreSpread> GenerationReader::spread(std::int64_t generation) {
    return read_of(generation, [&](Connection& connection) -> std::optional<ScoreSpread> {
        const std::unique_ptr<Rows> rows = connection.query(sql::spread, {generation});
        if (!rows->next()) {
            report_damage(connection, fmt::format("generation {} is not there", generation));
        }
        std::optional<ScoreSpread> spread = spread_in(rows->text(0));
        if (!rows->is_null(1) &&
            (!spread || rows->integer(1) != spread_checksum(rows->integer(2), *spread))) {
            report_damage(connection, "the spread of the scores has another checksum");
        }
        return spread;
    });
}

std::vector<Generation> GenerationReader::generations() {
    return read([](Connection& connection) { return stored_generations(connection); });
}

std::vector<std::vector<Recommendation>> GenerationReader::lists(std::int64_t generation,
                                                                 std::span<const ShowId> shows,
                                                                 std::size_t n) {
    return read_of(generation,
                   [&](Connection& connection) { return read_lists(connection, generation, shows, n); });
}

std::vector<ShowDetails> GenerationReader::shows(std::int64_t generation, std::span<const ShowId> ids) {
    std::vector<ShowId> wanted(ids.begin(), ids.end());
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    return in_order(ids, read_of(generation, [&](Connection& connection) {
                        std::vector<StoredShow> found = read_shows_of(connection, generation, wanted);
                        require_lost_none(connection, generation, wanted, found);
                        return found;
                    }));
}

PublishedReader::NextChunk GenerationReader::packed_features(std::int64_t generation) {
    return [this, generation, part = std::int64_t{0}, checksum = std::int64_t{0}]() mutable {
        std::string bytes = read([&](Connection& connection) {
            const std::unique_ptr<Rows> rows = connection.query(sql::features_part, {generation, part});
            return rows->next() ? rows->text(0) : std::string();
        });
        ++part;
        if (bytes.empty()) {
            require_all_features(generation, checksum);
        } else {
            add_features(checksum, bytes);
        }
        return bytes;
    };
}

void GenerationReader::require_all_features(std::int64_t generation, std::int64_t checksum) {
    read_of(generation, [&](Connection& connection) {
        const StoredGeneration stored = require_generation(connection, generation);
        if (stored.checked && stored.parts.features != checksum) {
            report_damage(
                connection,
                fmt::format("the features of generation {} are not those that were written", generation));
        }
    });
}

// None of those that follow is read again: the caller may have used part of the data already.

template <typename Visit>
void GenerationReader::in_snapshot(std::int64_t number, const Visit& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    unless_gone(*lease, number, [&](Connection& connection) {
        Transaction one_snapshot(connection, Transaction::Kind::snapshot);
        visit(lease, require_generation(connection, number));
        one_snapshot.commit();
    });
}

std::vector<ShowId> GenerationReader::show_ids(std::int64_t generation) {
    std::vector<ShowId> ids;
    in_snapshot(generation, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        ids = read_ids(*lease, stored);
    });
    return ids;
}

void GenerationReader::for_each_name_word(std::int64_t generation,
                                          const std::function<void(const NameWord& word)>& visit) {
    in_snapshot(generation, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_words(*lease, stored, while_current(lease, visit));
    });
}

void GenerationReader::for_each_name(std::int64_t generation,
                                     const std::function<void(ShowId show, std::string_view name)>& visit) {
    in_snapshot(generation, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_shows(*lease, stored,
                    while_current(lease, [&](const ShowDetails& show) { visit(show.id, show.name); }));
    });
}

void GenerationReader::for_each_show(std::int64_t generation,
                                     const std::function<void(const ShowDetails& show)>& visit) {
    in_snapshot(generation, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_shows(*lease, stored, while_current(lease, visit));
    });
}

void GenerationReader::for_each_list(
    std::int64_t generation,
    const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) {
    in_snapshot(generation, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_lists(*lease, stored, while_current(lease, visit));
    });
}

}  // namespace bingefriend
