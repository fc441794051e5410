// Filters of queries -> the shows that pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/stored_features.hpp"
#include "edition/query.hpp"

namespace bingefriend {

// Finds columns by the folded name.
class FoldedNames {
  public:
    explicit FoldedNames(const std::vector<std::string>& names);

    // Per column: 1 if one of the names is its name, else 0.
    [[nodiscard]] std::vector<std::uint8_t> marked(const std::vector<std::string>& names) const;

  private:
    std::size_t columns_;
    std::unordered_multimap<std::string, std::size_t> column_of_;
};

class FilterIndex {
  public:
    // REQUIRES: `stored` outlives the index.
    explicit FilterIndex(const StoredFeatures& stored);

    // Per row: 1 if the show passes the names and the rating of the filter, else 0.  Does not read `exclude`.
    [[nodiscard]] std::vector<std::uint8_t> allowed(const QueryFilter& filter) const;

  private:
    const StoredFeatures& stored_;
    FoldedNames genres_;
    FoldedNames types_;
    FoldedNames languages_;
    FoldedNames networks_;
    FoldedNames statuses_;
};

}  // namespace bingefriend
