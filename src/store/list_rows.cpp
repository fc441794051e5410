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

// Lists of one statement, so of one moment, by id.  The generation is that of any row: 0 without one.
struct ListsRead {
    std::int64_t generation = 0;
    std::vector<ShowId> shows;  // ascending, each once
    std::vector<std::vector<Recommendation>> lists;
    bool unchecked = false;
};

class ListsInOrder {
  public:
    ListsInOrder(Connection& connection, std::vector<ShowId> shows, std::size_t n)
        : connection_(connection), n_(n) {
        read_.lists.resize(shows.size());
        read_.shows = std::move(shows);
    }

    [[nodiscard]] ListsRead read() {
        const std::size_t places = places_for(read_.shows.size());
        const std::unique_ptr<Rows> rows = connection_.query(with_places(sql::recommendations, places),
                                                             with_ids(as_limit(n_), read_.shows, places));
        while (rows->next()) {
            take(*rows);
        }
        end_list();
        return std::move(read_);
    }

  private:
    void take(Rows& row) {
        const std::int64_t generation = row.integer(0);
        const ShowId show{row.integer(1)};
        if (!list_ || list_->show() != show) {
            end_list();
            begin_list(generation, show);
        }
        if (generation != read_.generation || list_->entries().size() == n_) {
            report_damage(connection_, fmt::format("the list of show {} is mixed", to_number(show)));
        }
        list_->take(row, 2, connection_);
    }

    void begin_list(std::int64_t generation, ShowId show) {
        while (at_ < read_.shows.size() && read_.shows[at_] < show) {
            ++at_;
        }
        if (at_ == read_.shows.size() || read_.shows[at_] != show) {
            report_damage(connection_,
                          fmt::format("the list of show {} was found instead of another's", to_number(show)));
        }
        read_.generation = read_.generation == 0 ? generation : read_.generation;
        constexpr std::size_t usual = 32;
        list_.emplace(generation, show);
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
    std::size_t n_;
    ListsRead read_;
    std::size_t at_ = 0;  // of the list that is being read
    std::optional<ListRows> list_;
};

// What the shows' own rows say of their lists that have no entries.
enum class Emptiness { confirmed, contradicted };

Emptiness emptiness_of(const ListsRead& read, const StoredGeneration& current, Connection& connection) {
    const std::int64_t number = current.generation.number;
    if (read.generation != 0 && read.generation != number) {
        return Emptiness::contradicted;
    }
    std::vector<ShowId> empty;
    for (std::size_t i = 0; i < read.shows.size(); ++i) {
        if (read.lists[i].empty()) {
            empty.push_back(read.shows[i]);
        }
    }
    std::vector<StoredShow> rows = read_shows_of(connection, number, empty);
    auto row = rows.begin();
    for (const ShowId show : empty) {
        if (row == rows.end() || row->facts.id != show) {
            require_absent(connection, current, show);
        } else if (row++->place.list_length != 0) {
            return Emptiness::contradicted;
        }
    }
    return Emptiness::confirmed;
}

// Whether nothing is left to be looked up.
bool is_certain(const ListsRead& read) {
    return read.generation != 0 && !read.unchecked &&
           std::none_of(read.lists.begin(), read.lists.end(), [](const auto& list) { return list.empty(); });
}

// Looks up, in one snapshot, what the rows of the lists do not say themselves.
void make_certain(ListsRead& read, Connection& connection, std::size_t n) {
    Transaction one_snapshot(connection, Transaction::Kind::snapshot);
    if (const std::optional<StoredGeneration> current = current_stored(connection)) {
        if (n > 0 && emptiness_of(read, *current, connection) == Emptiness::contradicted) {
            read = ListsInOrder(connection, read.shows, n).read();  // another was published meanwhile, or
            if (emptiness_of(read, *current, connection) == Emptiness::contradicted) {
                report_damage(connection,
                              fmt::format("a list of generation {} is missing", current->generation.number));
            }
        }
        read.generation = current->generation.number;
        if (read.unchecked && current->checked) {
            report_damage(connection,
                          fmt::format("lists of generation {} have lost their checksums", read.generation));
        }
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

std::vector<ExplainedList> read_lists(Connection& connection, std::span<const ShowId> shows, std::size_t n) {
    std::vector<ShowId> sorted(shows.begin(), shows.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    ListsRead read = ListsInOrder(connection, std::move(sorted), n).read();
    if (!is_certain(read)) {
        make_certain(read, connection, n);
    }
    std::vector<ExplainedList> lists(shows.size());
    const bool each_once = read.shows.size() == shows.size();
    for (std::size_t i = 0; i < shows.size(); ++i) {
        const auto at = std::lower_bound(read.shows.begin(), read.shows.end(), shows[i]);
        lists[i].generation = read.generation;
        std::vector<Recommendation>& entries = read.lists[static_cast<std::size_t>(at - read.shows.begin())];
        if (each_once) {
            lists[i].entries = std::move(entries);
        } else {
            lists[i].entries = entries;
        }
    }
    return lists;
}

}  // namespace bingefriend
