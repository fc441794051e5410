// The rows of lists, each checked as it is read.  All throw DatabaseError, of damage too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "database/connection.hpp"
#include "store/checksums.hpp"

namespace bingefriend {

// The entry of a row whose columns from `first` on are the recommended show, its score and the parts.
[[nodiscard]] Recommendation entry_in(Rows& row, unsigned first);
inline constexpr unsigned columns_of_an_entry = 2 + part_count;

// Puts a list together from its rows, one after the other.
class ListRows {
  public:
    ListRows(std::int64_t generation, ShowId show) : show_(show), checksum_(generation, show) {}

    void expect(std::size_t entries) { entries_.reserve(entries); }

    // Takes the entry of a row whose columns from `first` on are those of entry_in and the checksum.
    void take(Rows& row, unsigned first, const Connection& connection);

    // Throws where entries are missing behind the last that was taken.
    void require_end(const Connection& connection) const;

    [[nodiscard]] ShowId show() const noexcept { return show_; }
    [[nodiscard]] const std::vector<Recommendation>& entries() const& noexcept { return entries_; }
    [[nodiscard]] std::vector<Recommendation> entries() && noexcept { return std::move(entries_); }
    [[nodiscard]] std::int64_t checksum() const noexcept { return checksum_.value(); }
    // Whether some entry had no checksum.
    [[nodiscard]] bool unchecked() const noexcept { return unchecked_; }

  private:
    ShowId show_;
    ListChecksum checksum_;
    std::vector<Recommendation> entries_;
    bool unchecked_ = false;
};

// The first n entries of each show's list, in the order of `shows`.  REQUIRES: as PublishedReader::lists.
[[nodiscard]] std::vector<std::vector<Recommendation>> read_lists(Connection& connection,
                                                                  std::int64_t generation,
                                                                  std::span<const ShowId> shows,
                                                                  std::size_t n);

}  // namespace bingefriend
