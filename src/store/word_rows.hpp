// The rows of the words of names, each checked as it is read.  All throw DatabaseError, of damage too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "database/connection.hpp"
#include "domain/published.hpp"

namespace bingefriend {

// Takes the rows one after the other, in the order of words, shows and positions.
class WordRows {
  public:
    explicit WordRows(std::int64_t generation) : generation_(generation) {}

    // Stays until the next call.
    [[nodiscard]] const NameWord& take(Rows& row, const Connection& connection);

    // Whether some row had no checksum.
    [[nodiscard]] bool unchecked() const noexcept { return unchecked_; }

  private:
    std::int64_t generation_;
    NameWord word_;
    bool unchecked_ = false;
    bool first_ = true;
};

// Those that follow a word of a generation that has checksums.
[[nodiscard]] std::vector<NameWord> read_words_after(Connection& connection, std::int64_t generation,
                                                     const NameWord& after, std::size_t limit);

}  // namespace bingefriend
