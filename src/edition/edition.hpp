// One published generation in memory: what responses are made from.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes_in_flight.hpp"
#include "domain/published.hpp"
#include "edition/cache.hpp"
#include "edition/indexed_features.hpp"
#include "edition/overview.hpp"
#include "edition/show_names.hpp"

namespace bingefriend {

// A response body.
struct CachedAnswer {
    unsigned status = 200;
    std::string body;
    BytesInFlight::Hold held{};
};
using AnswerCache = Cache<std::string, std::string_view, CachedAnswer>;

struct EditionSettings {
    std::string version;  // of the program: another one has other ETags
    std::size_t answer_cache_bytes = 0;
};

// Immutable, except for its answer cache.  Shared: a request keeps the edition that it began with.
// Thread-safe.
class Edition {
  public:
    // Of a database where nothing is published.
    Edition(const EditionSettings& settings, std::shared_ptr<CacheLookups> lookups);

    // Reads the features: about 60 ms for 85,000 shows.  Features that cannot be used are logged and left
    // out.  The reader outlives the edition.  Throws Error{unavailable}, GenerationGone.
    Edition(Generation generation, PublishedReader& reader, const EditionSettings& settings,
            std::shared_ptr<CacheLookups> lookups);

    // None if nothing is published.
    [[nodiscard]] const std::optional<Generation>& generation() const noexcept { return generation_; }
    // 0 if nothing is published.
    [[nodiscard]] std::int64_t number() const noexcept { return generation_ ? generation_->number : 0; }
    // Different for each edition of this process.
    [[nodiscard]] std::uint64_t id() const noexcept { return id_; }

    // The ETag of the response to a target (in its canonical form): W/"GENERATION-HASH".
    [[nodiscard]] std::string tag(std::string_view target) const;

    // Null if the generation stores none, or none that can be used.
    [[nodiscard]] const IndexedFeatures* features() const noexcept { return features_.get(); }
    [[nodiscard]] const CatalogueOverview* overview() const noexcept {
        return overview_ ? &*overview_ : nullptr;
    }
    // Null if nothing is published or the names cannot be used, which is logged.  The first call reads them:
    // about 0.2 s for 85,000 shows.  Other callers wait for it.  Throws Error{unavailable}, GenerationGone;
    // the next call tries again.
    [[nodiscard]] const ShowNames* names() const;

    // The franchise of each row of the features, read like the names: in about 0.1 s for 85,000 shows. Throws
    // Error{unavailable}, also if the names are not those of the features, and GenerationGone.
    [[nodiscard]] std::span<const std::uint32_t> franchises() const;

    [[nodiscard]] AnswerCache& answers() const noexcept { return answers_; }

  private:
    std::optional<Generation> generation_;
    std::uint64_t id_;
    std::uint64_t tag_seed_;  // differs if responses may
    std::unique_ptr<const IndexedFeatures> features_;
    std::optional<CatalogueOverview> overview_;
    PublishedReader* reader_ = nullptr;                              // null if nothing is published
    mutable std::mutex reading_names_;                               // guards names_ and franchises_
    mutable std::optional<std::unique_ptr<const ShowNames>> names_;  // none: not read yet
    mutable std::vector<std::uint32_t> franchises_;                  // empty: not read yet
    mutable AnswerCache answers_;
};

}  // namespace bingefriend
