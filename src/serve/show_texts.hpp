// What lists tell of shows, kept from one list to the next: most are in many.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "domain/published.hpp"
#include "serve/generation_cache.hpp"
#include "serve/show_json.hpp"

namespace bingefriend {

// Any thread.
class ShowTexts {
  public:
    explicit ShowTexts(std::size_t budget_bytes) : kept_(budget_bytes) {}

    // The texts of the shows of a list, in its order; those that are not kept are read, all at once.
    // Throws Error{unavailable} where the generation does not have one of them any more, and as the reader.
    [[nodiscard]] std::vector<std::shared_ptr<const ShowText>> of(const ExplainedList& list,
                                                                  PublishedReader& reader);

    void clear() { kept_.clear(); }
    [[nodiscard]] CacheCount count() const { return kept_.count(); }

  private:
    GenerationCache<ShowId, ShowId, ShowText> kept_;
};

}  // namespace bingefriend
