// The ids and names of the shows of one generation in memory: what search and pages find shows by.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/published.hpp"
#include "query/name_index.hpp"
#include "query/plain_names.hpp"

namespace bingefriend {

// Immutable.  About 4 MB for 85,000 shows.
class ShowNames {
  public:
    // Reads them from the database: about 0.2 s for 85,000 shows.  Throws Error{input} if they cannot be
    // used, and what the reader throws.
    ShowNames(std::int64_t generation, PublishedReader& reader);

    [[nodiscard]] std::int64_t generation() const noexcept { return generation_; }
    // Ascending.
    [[nodiscard]] std::span<const ShowId> ids() const noexcept { return ids_; }

    // The shows that search_names finds; in a generation without the words of its names, those that
    // PlainNames finds.
    [[nodiscard]] std::vector<ShowId> find(std::string_view text, std::size_t limit) const;

  private:
    std::int64_t generation_;
    std::vector<ShowId> ids_;
    NameIndex words_;
    PlainNames plain_;  // empty if there are words
};

// Holds one generation, read when it is first needed.  Thread-safe; while one thread reads, the others wait.
class ShowNamesCache {
  public:
    // Shared, as a search in progress keeps the generation that it began with.  Throws as ShowNames.
    [[nodiscard]] std::shared_ptr<const ShowNames> of(const Generation& generation, PublishedReader& reader);

  private:
    std::mutex mutex_;  // guards what follows
    std::shared_ptr<const ShowNames> cached_;
    Generation generation_;               // of cached_
    std::optional<Generation> unusable_;  // the last generation whose names were refused
};

}  // namespace bingefriend
