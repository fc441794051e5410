// What all services share: their names, the shows of their pages, and the check that nothing is missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "fetch/fetch.hpp"
#include "fetch/fetch_cache.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

// A service whose database fails also returns an empty page.  If nothing says what a page must hold, an empty
// page counts only after this many requests in a row.
inline constexpr std::size_t empty_pages_to_believe = 3;

// A service that returns the same page for ever, or pages without a usable show, never ends by itself.
inline constexpr std::size_t max_pages_without_new_shows = 10;
inline constexpr std::size_t max_shows_of_a_service = 10'000'000;

// The URL without trailing slashes.
[[nodiscard]] std::string base_of(std::string_view url);

// The name of a show service; the same with and without "/api".
[[nodiscard]] std::string show_service_name(std::string_view base_url);

// The cache of a source, cleared first if the options say so.  Adds a warning if it was corrupt.
[[nodiscard]] std::unique_ptr<FetchCache> open_cache(const FetchOptions& options, IngestReport& report);

// The fetch to resume, or a new one.
[[nodiscard]] std::int64_t current_fetch(FetchCache& cache, const FetchOptions& options);

// Collects the shows of pages.
class PageReader {
  public:
    PageReader(const FetchOptions& options, const Progress& progress, IngestReport& report)
        : options_(options), progress_(progress), report_(report) {}

    // `array` is a JSON array; `place` ("offset 1000") precedes the number of a bad record.
    // Throws Error{unavailable} if max_pages_without_new_shows in a row had no new show, or if there are more
    // than max_shows_of_a_service.
    void read(std::string_view array, std::string_view place);

    // How many more shows to read; none if there is no limit.
    [[nodiscard]] std::optional<std::size_t> wanted() const;
    [[nodiscard]] bool finished() const { return wanted() == std::size_t{0}; }

    // Throws Error{input} if the catalogue has less than 90% of the shows of the last fetch.
    [[nodiscard]] Catalogue catalogue(const FetchCache& cache) &&;

  private:
    const FetchOptions& options_;
    const Progress& progress_;
    IngestReport& report_;
    CatalogueBuilder builder_;
    std::size_t pages_without_new_shows_ = 0;
};

}  // namespace bingefriend
