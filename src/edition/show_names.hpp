// The ids and names of the shows of one generation in memory: what search and pages find shows by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "domain/published.hpp"
#include "search/name_index.hpp"
#include "search/plain_names.hpp"

namespace bingefriend {

// Immutable.  About 4 MB for 85,000 shows.
class ShowNames {
  public:
    // Reads them from the database: about 0.2 s for 85,000 shows.  Throws Error{input} if they cannot be
    // used, and what the reader throws.
    ShowNames(std::int64_t generation, PublishedReader& reader);

    // Ascending.
    [[nodiscard]] std::span<const ShowId> ids() const noexcept { return ids_; }

    // The shows that search_names finds; in a generation without the words of its names, those that
    // PlainNames finds.
    [[nodiscard]] std::vector<ShowId> find(std::string_view text, std::size_t limit) const;

  private:
    std::vector<ShowId> ids_;
    NameIndex words_;
    PlainNames plain_;  // empty if there are words
};

}  // namespace bingefriend
