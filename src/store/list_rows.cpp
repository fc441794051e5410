#include "store/list_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "store/damage.hpp"
#include "store/generation_row.hpp"
#include "store/show_rows.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

// Whether an entry without a checksum can be shown at all; a score may have been rounded.
bool is_usable(const Recommendation& entry) {
    const auto is_part = [](double value) { return value >= -1e-6 && value <= 1 + 1e-6; };
    return is_part(entry.score) && std::all_of(entry.parts.values.begin(), entry.parts.values.end(), is_part);
}

// Lists of one statement, by id.
struct ListsRead {
    std::vector<ShowId> shows;  // ascending, each once
    std::vector<std::vector<Recommendation>> lists;
    bool unchecked = false;
};

class ListsInOrder {
  public:
    ListsInOrder(Connection& connection, std::int64_t generation, std::vector<ShowId> shows, std::size_t n)
        : connection_(connection), generation_(generation), n_(n) {
        read_.lists.resize(shows.size());
        read_.shows = std::move(shows);
    }

    [[nodiscard]] ListsRead read() {
        const std::size_t places = places_for(read_.shows.size());
        const std::unique_ptr<Rows> rows =
            connection_.query(with_places(sql::recommendations, places),
                              with_ids({generation_, as_limit(n_)}, read_.shows, places));
        while (rows->next()) {
            take(*rows);
        }
        end_list();
        return std::move(read_);
    }

  private:
    void take(Rows& row) {
        const ShowId show{row.integer(1)};
        if (!list_ || list_->show() != show) {
            end_list();
            begin_list(show);
        }
        if (row.integer(0) != generation_ || list_->entries().size() == n_) {
            report_damage(connection_, fmt::format("the list of show {} is mixed", to_number(show)));
        }
        list_->take(row, 2, connection_);
    }

    void begin_list(ShowId show) {
        while (at_ < read_.shows.size() && read_.shows[at_] < show) {
            ++at_;
        }
        if (at_ == read_.shows.size() || read_.shows[at_] != show) {
            report_damage(connection_,
                          fmt::format("the list of show {} was found instead of another's", to_number(show)));
        }
        constexpr std::size_t usual = 32;
        list_.emplace(generation_, show);
        list_->expect(std::min(n_, usual));
    }

    void end_list() {
        if (!list_) {
            return;
        }
        if (list_->entries().size() < n_) {
            list_->require_end(connection_);
        }
        read_.unchecked = read_.unchecked || list_->unchecked();
        read_.lists[at_++] = std::move(*list_).entries();
        list_.reset();
    }

    Connection& connection_;
    std::int64_t generation_;
    std::size_t n_;
    ListsRead read_;
    std::size_t at_ = 0;  // of the list that is being read
    std::optional<ListRows> list_;
};

// Throws unless the shows' own rows say, too, that those lists are empty.
void require_empty_lists(const ListsRead& read, const StoredGeneration& stored, Connection& connection) {
    std::vector<ShowId> empty;
    for (std::size_t i = 0; i < read.shows.size(); ++i) {
        if (read.lists[i].empty()) {
            empty.push_back(read.shows[i]);
        }
    }
    std::vector<StoredShow> rows = read_shows_of(connection, stored.generation.number, empty);
    auto row = rows.begin();
    for (const ShowId show : empty) {
        if (row == rows.end() || row->facts.id != show) {
            require_absent(connection, stored, show);
        } else if (row++->place.list_length != 0) {
            report_damage(connection, fmt::format("the list of show {} is missing", to_number(show)));
        }
    }
}

// Whether the rows of the lists leave nothing to be looked up.
bool is_certain(const ListsRead& read) {
    return !read.unchecked &&
           std::none_of(read.lists.begin(), read.lists.end(), [](const auto& list) { return list.empty(); });
}

void make_certain(const ListsRead& read, Connection& connection, std::int64_t generation, std::size_t n) {
    Transaction one_snapshot(connection, Transaction::Kind::snapshot);
    const StoredGeneration stored = require_generation(connection, generation);
    if (n > 0) {
        require_empty_lists(read, stored, connection);
    }
    if (read.unchecked && stored.checked) {
        report_damage(connection,
                      fmt::format("lists of generation {} have lost their checksums", generation));
    }
    one_snapshot.commit();
}

}  // namespace

Recommendation entry_in(Rows& row, unsigned first) {
    Recommendation entry{ShowId{row.integer(first)}, row.real(first + 1), {}};
    unsigned column = first + 2;
    for (double& part : entry.parts.values) {
        part = row.real(column++);
    }
    return entry;
}

void ListRows::take(Rows& row, unsigned first, const Connection& connection) {
    const Recommendation entry = entry_in(row, first);
    const unsigned checksum = first + columns_of_an_entry;
    const bool has_checksum = !row.is_null(checksum);
    const bool is_right = has_checksum ? !unchecked_ && checksum_.matches(entry, row.integer(checksum))
                                       : is_usable(entry) && (entries_.empty() || unchecked_);
    if (!is_right) {
        report_damage(connection, fmt::format("entry {} of the list of show {} has another checksum",
                                              entries_.size() + 1, to_number(show_)));
    }
    unchecked_ = !has_checksum;
    entries_.push_back(entry);
}

void ListRows::require_end(const Connection& connection) const {
    if (!unchecked_ && !entries_.empty() && !checksum_.ended()) {
        report_damage(connection, fmt::format("the list of show {} has lost its end", to_number(show_)));
    }
}

std::vector<std::vector<Recommendation>> read_lists(Connection& connection, std::int64_t generation,
                                                    std::span<const ShowId> shows, std::size_t n) {
    std::vector<ShowId> sorted(shows.begin(), shows.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    ListsRead read = ListsInOrder(connection, generation, std::move(sorted), n).read();
    if (!is_certain(read)) {
        make_certain(read, connection, generation, n);
    }
    std::vector<std::vector<Recommendation>> lists(shows.size());
    const bool each_once = read.shows.size() == shows.size();
    for (std::size_t i = 0; i < shows.size(); ++i) {
        const auto at = std::lower_bound(read.shows.begin(), read.shows.end(), shows[i]);
        std::vector<Recommendation>& entries = read.lists[static_cast<std::size_t>(at - read.shows.begin())];
        if (each_once) {
            lists[i] = std::move(entries);
        } else {
            lists[i] = entries;
        }
    }
    return lists;
}

}  // namespace bingefriend
