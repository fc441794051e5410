// What lists show of their shows, cached from one list to the next: most shows are in many lists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "domain/published.hpp"
#include "edition/cache.hpp"

namespace bingefriend {

// The part of an entry of a list that describes the show, as JSON.
struct ShowText {
    std::string members;
    std::size_t scores_at = 0;  // the scores belong between the members before and those from here on
};

// Shared by all editions.  Thread-safe.
class ShowTexts {
  public:
    using Write = ShowText (*)(const ShowDetails& show);

    ShowTexts(std::size_t budget_bytes, Write write) : texts_(budget_bytes), write_(write) {}

    // The texts of the shows of a list, in its order; reads those that are not cached in one batch.
    // `edition`: its id.  Throws GenerationGone if one of the shows does not exist any more, and what the
    // reader throws.
    [[nodiscard]] std::vector<std::shared_ptr<const ShowText>> of(std::uint64_t edition,
                                                                  std::int64_t generation,
                                                                  std::span<const Recommendation> list,
                                                                  PublishedReader& reader);

    void clear() { texts_.clear(); }
    [[nodiscard]] CacheCount count() const { return texts_.count(); }

  private:
    struct Key {
        std::uint64_t edition;
        ShowId show;

        friend bool operator==(const Key&, const Key&) = default;
    };
    struct HashOfKey {
        std::size_t operator()(const Key& key) const noexcept {
            return std::hash<std::uint64_t>()(static_cast<std::uint64_t>(to_number(key.show)) ^ key.edition
                                                                                                    << 48);
        }
    };

    Cache<Key, Key, ShowText, HashOfKey> texts_;
    Write write_;
};

}  // namespace bingefriend
