// What fetching from any service shares: its name, its pages' shows, and the check that nothing is missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "fetch/fetch.hpp"
#include "fetch/kept.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

// An empty page is also what a service answers when its database fails: where nothing tells what a page must
// hold, it is asked for so often, in a row, before it is believed.
inline constexpr std::size_t empty_pages_to_believe = 3;

// A service that answers the same page for ever, or pages without a usable show, never ends by itself.
inline constexpr std::size_t max_pages_without_new_shows = 10;
inline constexpr std::size_t max_shows_of_a_service = 10'000'000;

// The URL without slashes at its end.
[[nodiscard]] std::string base_of(std::string_view url);

// What a show service is called, with or without "/api".
[[nodiscard]] std::string show_service_name(std::string_view base_url);

// What is kept of a source; forgotten first where the options say so.  Damage is warned of.
[[nodiscard]] std::unique_ptr<Kept> open_kept(const FetchOptions& options, IngestReport& report);

// The run that is gone on with, or a new one.
[[nodiscard]] std::int64_t current_run(Kept& kept, const FetchOptions& options);

// Collects the shows of pages.
class PageReader {
  public:
    PageReader(const FetchOptions& options, const Progress& progress, IngestReport& report)
        : options_(options), progress_(progress), report_(report) {}

    // `array` is a JSON array; `place` ("offset 1000") stands before the number of a bad record.
    // Throws Error{unavailable} if max_pages_without_new_shows in a row had no new show, or if there are more
    // than max_shows_of_a_service.
    void read(std::string_view array, std::string_view place);

    // Shows that may still be taken; none where there is no end.
    [[nodiscard]] std::optional<std::size_t> wanted() const;
    [[nodiscard]] bool finished() const { return wanted() == std::size_t{0}; }

    // Throws Error{input} where the catalogue has less than 90% of the shows of the last run.
    [[nodiscard]] Catalogue catalogue(const Kept& kept) &&;

  private:
    const FetchOptions& options_;
    const Progress& progress_;
    IngestReport& report_;
    CatalogueBuilder builder_;
    std::size_t pages_without_new_shows_ = 0;
};

}  // namespace bingefriend
