// The features of one generation in memory, with the indexes that queries need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/published.hpp"
#include "domain/stored_features.hpp"
#include "edition/filter_index.hpp"
#include "edition/show_rows.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend {

// Immutable.  About 20 MB for 85,000 shows.
class IndexedFeatures {
  public:
    // Cost: about 15 ms for 85,000 shows.
    explicit IndexedFeatures(StoredFeatures stored);
    IndexedFeatures(const IndexedFeatures&) = delete;  // the indexes refer to the features
    IndexedFeatures& operator=(const IndexedFeatures&) = delete;
    ~IndexedFeatures() = default;

    [[nodiscard]] const Features& features() const noexcept { return stored_.features; }
    [[nodiscard]] const Facets& facets() const noexcept { return stored_.facets; }
    [[nodiscard]] const QuestionIndex& index() const noexcept { return index_; }

    [[nodiscard]] std::optional<std::size_t> row_of(ShowId show) const { return rows_.find(show); }

    // REQUIRES: row < features().size().
    [[nodiscard]] ExplainedShow explained(std::size_t row) const { return explained_show(stored_, row); }

    // The language of more than half of the shows; empty if there is none.
    [[nodiscard]] const std::string& majority_language() const noexcept { return majority_language_; }

    // Per row: 1 if the show passes the filter, else 0.
    [[nodiscard]] std::vector<std::uint8_t> allowed(const QueryFilter& filter) const;

  private:
    StoredFeatures stored_;
    ShowRows rows_;
    std::string majority_language_;
    QuestionIndex index_;
    FilterIndex filters_;
};

// Reads the features of a generation; null if it stores none.  Throws what the reader and unpacked() throw,
// and Error{input} if they are not the features that its lists were made from.  Cost: about 45 ms for 85,000
// shows.
[[nodiscard]] std::unique_ptr<const IndexedFeatures> read_features(PublishedReader& reader,
                                                                   std::int64_t generation);

// Throws Error{input} unless the catalogue has the show and every show of its list, and gives the last
// `pairs` of the list the same parts of the score: else the list was made from other features.
void require_same_features(const IndexedFeatures& features, ShowId show, std::span<const Recommendation> list,
                           std::size_t pairs = 1);

}  // namespace bingefriend
