// One generation in memory: its features, arranged for questions when the first one comes.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/published.hpp"
#include "domain/query.hpp"
#include "domain/stored_features.hpp"
#include "similarity/question.hpp"
#include "similarity/reasons.hpp"

namespace bingefriend {

// Ids, ascending -> their rows, by buckets of as many ids as make some one row a bucket.
class RowsOfShows {
  public:
    // REQUIRES: `shows` outlives it.
    explicit RowsOfShows(std::span<const ShowId> shows);

    [[nodiscard]] std::optional<std::size_t> find(ShowId show) const;

  private:
    [[nodiscard]] std::size_t bucket_of(ShowId show) const {
        return static_cast<std::size_t>(to_number(show) - least_) >> shift_;
    }

    std::span<const ShowId> shows_;
    std::int64_t least_ = 0;
    unsigned shift_ = 0;
    std::vector<std::uint32_t> first_row_;  // of each bucket, and the number of rows
};

class LiveCatalogue {
  public:
    LiveCatalogue(std::int64_t generation, StoredFeatures stored);
    LiveCatalogue(const LiveCatalogue&) = delete;  // the index refers to the features
    LiveCatalogue& operator=(const LiveCatalogue&) = delete;
    ~LiveCatalogue();

    [[nodiscard]] std::int64_t generation() const noexcept { return generation_; }
    [[nodiscard]] const Features& features() const noexcept { return stored_.features; }
    [[nodiscard]] const Facets& facets() const noexcept { return stored_.facets; }

    [[nodiscard]] std::optional<std::size_t> row_of(ShowId show) const { return rows_.find(show); }

    // REQUIRES: row < features().size().
    [[nodiscard]] ExplainedShow explained(std::size_t row) const { return explained_show(stored_, row); }

    // The language of more than half of the shows; empty where none is.
    [[nodiscard]] const std::string& usual_language() const noexcept { return usual_language_; }

    // The first call of one of these arranges the catalogue: some 15 ms for 85,000 shows.
    [[nodiscard]] const QuestionIndex& index() const;
    // n, not 0 for the shows that pass.
    [[nodiscard]] std::vector<std::uint8_t> allowed(const QueryFilter& filter) const;

  private:
    struct Arranged;
    [[nodiscard]] const Arranged& arranged() const;

    std::int64_t generation_;
    StoredFeatures stored_;
    RowsOfShows rows_;
    std::string usual_language_;
    mutable std::once_flag arranging_;
    mutable std::unique_ptr<const Arranged> arranged_;
};

// Throws Error{input} unless the catalogue has the show and every show of its list, and gives the last
// `pairs` of the list the parts of the score that it has: else the list was made from other features.
void require_same_features(const LiveCatalogue& catalogue, ShowId show, std::span<const Recommendation> list,
                           std::size_t pairs = 1);

// The same for some of the published lists, if they are of this generation.
void require_features_of_lists(const LiveCatalogue& catalogue, PublishedReader& reader);

// Holds one generation, read when it is first asked for.  Any thread; while one reads, the others wait.
class LiveCatalogues {
  public:
    // Shared, as a question under way keeps the generation that it began with.  Null where the generation
    // carries no features; where they cannot be used, throws what is wrong (Error{input} or {damaged}) and is
    // null from then on.
    [[nodiscard]] std::shared_ptr<const LiveCatalogue> of(const Generation& generation,
                                                          PublishedReader& reader);

    // The same for a list, which tells the number alone.  What is held may be of another database's
    // generation of this number.
    [[nodiscard]] std::shared_ptr<const LiveCatalogue> of(std::int64_t generation, PublishedReader& reader);

  private:
    std::shared_ptr<const LiveCatalogue> held_or_read(const Generation& generation, PublishedReader& reader);

    std::mutex mutex_;  // guards what follows
    std::shared_ptr<const LiveCatalogue> held_;
    Generation generation_;               // of held_
    std::optional<Generation> unusable_;  // the last generation whose features were refused
};

}  // namespace bingefriend
