// The door of the store: recommendations <-> SQL, published a generation at a time.
//
// A generation is written whole under a new number, then published by one small transaction that
// moves a pointer.  Readers see the generation before or the one after, nothing between.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.hpp"
#include "database/database_url.hpp"
#include "domain/published.hpp"
#include "domain/recommendation.hpp"
#include "domain/show.hpp"

namespace bingefriend {

struct PublishOptions {
    std::string computed_at;           // UTC, ISO 8601
    std::size_t keep_generations = 2;  // the new one included, at least 1; older ones are deleted
    std::string recipe = "classic";    // name
    std::string feature_settings;      // of the recipe, JSON
    // What questions and searches are answered from; a generation may do without.
    std::string_view packed_features;
    std::span<const NameWord> name_words;  // in word order
};

struct Migration {
    std::string version;  // "0001"
    std::string name;     // "generations"
    bool applied = false;
};

// One database.  Every function throws Error where the database cannot be used: unavailable
// (missing, locked, full, read-only), foreign (not ours, or of a later version), conflict
// (another process publishes), each with what to do.
class Store {
  public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    // Brings the schema up to date, each step in one transaction, and returns the steps it applied.
    // Creates the database (and its folder) where there is none.
    virtual std::vector<Migration> migrate() = 0;
    [[nodiscard]] virtual std::vector<Migration> migrations() = 0;

    // Writes and publishes a generation, deletes the ones no longer kept and what interrupted runs
    // left behind.  REQUIRES: lists.shows are the catalogue's ids, in order.  Progress counts shows.
    virtual Generation publish(const Catalogue& catalogue, const RecommendationLists& lists,
                               const RankingSettings& ranking, const PublishOptions& options,
                               const Progress& progress) = 0;

    // Goes back to the generation published before the current one and returns it.
    // Throws Error{usage} where there is none.
    virtual Generation rollback() = 0;

    // A reader of this database.  It connects when it first reads, and throws Error then if the schema is
    // missing or old.
    [[nodiscard]] virtual std::unique_ptr<PublishedReader> reader() = 0;
};

[[nodiscard]] std::unique_ptr<Store> open_store(const DatabaseUrl& url);

}  // namespace bingefriend
