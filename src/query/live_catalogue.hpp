// One generation in memory: its features arranged for questions, its names folded for filters.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/published.hpp"
#include "domain/query.hpp"
#include "domain/stored_features.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend {

// The columns of names, found by the folded name.
class FoldedNames {
  public:
    explicit FoldedNames(const std::vector<std::string>& names);

    // By column: not 0 where it is one of the names; the columns of no name are not marked.
    [[nodiscard]] std::vector<std::uint8_t> marked(const std::vector<std::string>& names) const;

  private:
    std::size_t columns_;
    std::unordered_multimap<std::string, std::size_t> column_of_;
};

class LiveCatalogue {
  public:
    LiveCatalogue(const Generation& generation, StoredFeatures stored);
    LiveCatalogue(const LiveCatalogue&) = delete;  // the index refers to the features
    LiveCatalogue& operator=(const LiveCatalogue&) = delete;

    [[nodiscard]] std::int64_t generation() const noexcept { return generation_; }
    [[nodiscard]] const Weights& weights() const noexcept { return weights_; }
    [[nodiscard]] const Features& features() const noexcept { return stored_.features; }
    [[nodiscard]] const Facets& facets() const noexcept { return stored_.facets; }
    [[nodiscard]] const QuestionIndex& index() const noexcept { return index_; }

    [[nodiscard]] std::optional<std::size_t> row_of(ShowId show) const;

    // REQUIRES: row < features().size().
    [[nodiscard]] ExplainedShow explained(std::size_t row) const;

    // The language of more than half of the shows; empty where none is.
    [[nodiscard]] const std::string& usual_language() const noexcept { return usual_language_; }

    // n, not 0 for the shows that pass.
    [[nodiscard]] std::vector<std::uint8_t> allowed(const QueryFilter& filter) const;

  private:
    std::int64_t generation_;
    Weights weights_;
    StoredFeatures stored_;
    QuestionIndex index_;
    FoldedNames genres_;
    FoldedNames types_;
    FoldedNames languages_;
    FoldedNames networks_;
    FoldedNames statuses_;
    std::string usual_language_;
};

// Holds the published generation, read when it is first asked for and when it has changed.  Any thread; while
// one reads, the others wait.
class LiveCatalogues {
  public:
    // Shared, as a question under way keeps the generation that it began with.
    // Throws Error{unavailable} where nothing is published, or the generation carries no features.
    [[nodiscard]] std::shared_ptr<const LiveCatalogue> current(PublishedReader& reader);

    // Null there.
    [[nodiscard]] std::shared_ptr<const LiveCatalogue> find(PublishedReader& reader);

  private:
    std::mutex mutex_;  // guards held_
    std::shared_ptr<const LiveCatalogue> held_;
};

}  // namespace bingefriend
