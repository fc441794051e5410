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
#include "store/spread_json.hpp"
#include "store/statements.hpp"
#include "store/whole_parts.hpp"

namespace bingefriend {
namespace {

// The facts of the shows, which are in id order, in that of `ids`.
std::vector<ShowFacts> in_order(std::span<const ShowId> ids, std::vector<StoredShow> shows) {
    std::vector<ShowFacts> ordered;
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

// Throws where the published generation has lost one of the wanted shows that were not found.  Of another
// generation nothing is said: it may be deleted while it is read.
void require_lost_none(Connection& connection, std::int64_t generation, std::span<const ShowId> wanted,
                       std::span<const StoredShow> found) {
    if (wanted.size() == found.size()) {
        return;
    }
    const std::optional<StoredGeneration> current = current_stored(connection);
    if (!current || current->generation.number != generation) {
        return;
    }
    auto at = found.begin();
    for (const ShowId show : wanted) {
        if (at != found.end() && at->facts.id == show) {
            ++at;
        } else {
            require_absent(connection, *current, show);
        }
    }
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

template <typename Question>
auto GenerationReader::answer(const Question& question) {
    try {
        return on_a_connection(question);
    } catch (const DatabaseError& error) {
        if (error.failure() != Failure::damaged || !pool_->renew_for_damage()) {
            throw;
        }
    }
    return on_a_connection(question);
}

template <typename Question>
auto GenerationReader::on_a_connection(const Question& question) {
    return with_retries({.attempts = 3, .reconnects = true}, [&](int) {
        ConnectionPool::Lease lease = pool_->take();
        try {
            return question(*lease);
        } catch (const DatabaseError& error) {
            if (error.failure() == Failure::connection_lost || error.failure() == Failure::damaged) {
                lease.drop();
            }
            throw;
        }
    });
}

std::optional<Generation> GenerationReader::current() {
    return answer([](Connection& connection) { return current_generation(connection); });
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

std::optional<ScoreSpread> GenerationReader::spread() {
    return answer([](Connection& connection) -> std::optional<ScoreSpread> {
        const std::unique_ptr<Rows> rows = connection.query(sql::spread);
        if (!rows->next()) {
            return {};
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
    return answer([](Connection& connection) { return stored_generations(connection); });
}

std::vector<ExplainedList> GenerationReader::lists(std::span<const ShowId> shows, std::size_t n) {
    return answer([&](Connection& connection) { return read_lists(connection, shows, n); });
}

std::optional<ShowFacts> GenerationReader::show(ShowId id) {
    return answer([&](Connection& connection) -> std::optional<ShowFacts> {
        std::vector<StoredShow> found = read_shows(connection, sql::show, {to_number(id)});
        if (found.empty()) {
            Transaction one_snapshot(connection, Transaction::Kind::snapshot);
            if (const std::optional<StoredGeneration> current = current_stored(connection)) {
                found = read_shows_of(connection, current->generation.number, std::span(&id, 1));
                require_lost_none(connection, current->generation.number, std::span(&id, 1), found);
            }
            one_snapshot.commit();
        }
        if (!found.empty() && found.front().facts.id != id) {
            report_damage(connection, fmt::format("show {} was found instead of {}",
                                                  to_number(found.front().facts.id), to_number(id)));
        }
        return found.empty() ? std::nullopt : std::optional(std::move(found.front().facts));
    });
}

std::vector<ShowFacts> GenerationReader::shows(std::span<const ShowId> ids, std::int64_t generation) {
    std::vector<ShowId> wanted(ids.begin(), ids.end());
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    return in_order(ids, answer([&](Connection& connection) {
                        std::vector<StoredShow> found = read_shows_of(connection, generation, wanted);
                        require_lost_none(connection, generation, wanted, found);
                        return found;
                    }));
}

std::string GenerationReader::packed_features(std::int64_t generation, std::int64_t part) {
    std::string bytes = answer([&](Connection& connection) {
        const std::unique_ptr<Rows> rows = connection.query(sql::features_part, {generation, part});
        return rows->next() ? rows->text(0) : std::string();
    });
    if (part == 0) {
        features_ = {generation};
    }
    if (features_.generation == generation && features_.next_part == part) {
        ++features_.next_part;
        if (bytes.empty()) {
            require_all_features(generation, features_.checksum);
        } else {
            add_features(features_.checksum, bytes);
        }
    }
    return bytes;
}

void GenerationReader::require_all_features(std::int64_t generation, std::int64_t checksum) {
    answer([&](Connection& connection) {
        const std::optional<StoredGeneration> stored = stored_generation(connection, generation);
        if (stored && stored->checked && stored->parts.features != checksum) {
            report_damage(
                connection,
                fmt::format("the features of generation {} are not those that were written", generation));
        }
    });
}

// None of those that follow is asked again: part of the answer may have been used already.

template <typename Visit>
void GenerationReader::in_snapshot(std::optional<std::int64_t> number, const Visit& visit) {
    const ConnectionPool::Lease lease = pool_->take();
    Transaction one_snapshot(*lease, Transaction::Kind::snapshot);
    if (const auto generation = number ? stored_generation(*lease, *number) : current_stored(*lease)) {
        visit(lease, *generation);
    }
    one_snapshot.commit();
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
                    while_current(lease, [&](const ShowFacts& show) { visit(show.id, show.name); }));
    });
}

void GenerationReader::for_each_show(const std::function<void(const ShowFacts& show)>& visit) {
    in_snapshot({}, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_shows(*lease, stored, while_current(lease, visit));
    });
}

void GenerationReader::for_each_list(
    const std::function<void(ShowId show, std::span<const Recommendation> list)>& visit) {
    in_snapshot({}, [&](const ConnectionPool::Lease& lease, const StoredGeneration& stored) {
        visit_lists(*lease, stored, while_current(lease, visit));
    });
}

}  // namespace bingefriend
