// Public header of fetch: sources of shows -> a catalogue and what was rejected.  A show enters here.
//
// Memory grows with the shows of the catalogue, not with the raw bytes of the source.  A bad record is
// skipped and reported.  A truncated file gives the shows before its end, with report.cut_short set.  A
// service that does not return its whole catalogue is an Error.  Throws Error if there is nothing to read.
//
// Responses of services are cached in `cache_dir`: an interrupted fetch resumes.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "net/http_client.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

struct FetchOptions {
    std::optional<std::size_t> max_shows{};  // stop after this many good records
    std::size_t batch_size = 1'000;          // shows per request to a show service, 1 to 1,000

    // For services:
    std::filesystem::path cache_dir{};     // folder of cached responses; empty: nothing is cached
    bool fresh = false;                    // discard the cache and the count of the last fetch
    std::chrono::hours resume_within{24};  // an older unfinished fetch starts over
    std::size_t in_flight = 4;             // requests at the same time
    std::size_t tvmaze_calls = 20;         // in any 10 s, also across restarts: TVmaze's limit
    HttpSettings http{.max_body_bytes = std::uint64_t{64} << 20};
};

// A catalogue file: JSON in any arrangement (record_splitter.hpp), or CSV; plain, gzip or zstd (recognised by
// its first bytes).  Another kind is an Error with a remedy.  Progress counts records; the total is unknown.
[[nodiscard]] Ingest fetch_file(const std::filesystem::path& path, const FetchOptions& options = {},
                                const Progress& progress = no_progress);

// The same for bytes in memory, such as the sample in the program.  `name` is for messages.
[[nodiscard]] Ingest fetch_bytes(std::string_view bytes, const std::string& name,
                                 const FetchOptions& options = {}, const Progress& progress = no_progress);

// A show service: GET {base}/get_shows_bulk?offset=O&limit=L, a few at a time, until a page is shorter than
// L. `base_url` is given with or without "/api".  An empty page counts only if it stays empty when it is
// requested again.  Throws an Error if a page after the end of the catalogue has shows, or if the catalogue
// has less than 90% of the shows of the last fetch from this service.  Resumes; call finish_fetch when the
// catalogue is stored.
[[nodiscard]] Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options = {},
                                        const Progress& progress = no_progress);

// TVmaze, or a mirror: GET {base}/shows?page=P up to the 404.  Caches the pages in `cache_dir`, and requests
// a page again only if {base}/updates/shows lists a change in it.  So the first fetch reads everything and
// the next ones little, with the same result.  Without that list it requests every page. Errors as above.
// Terms: CC BY-SA 4.0, see tvmaze_attribution.
[[nodiscard]] Ingest fetch_tvmaze(std::string_view base_url, const FetchOptions& options = {},
                                  const Progress& progress = no_progress);

inline constexpr std::string_view tvmaze_url = "https://api.tvmaze.com";
inline constexpr std::string_view tvmaze_attribution =
    "Data from TVmaze (https://www.tvmaze.com), licensed CC BY-SA 4.0; show this wherever you show the data.";

// Call it when the catalogue of a service is stored: the next fetch is then a new one and does not resume
// this one.  Does nothing for other sources.
void finish_fetch(const FetchOptions& options, const IngestReport& report);

// The season summaries of shows.
struct Seasons {
    std::map<ShowId, std::string> summaries;  // HTML, in the order of the seasons; of the shows that have any
    std::size_t shows = 0;                    // of the catalogue
    std::size_t cached = 0;                   // of an earlier fetch
    std::size_t missing = 0;                  // failed
    std::size_t retries = 0;
    std::string stopped;  // why it stopped before the last show; empty if it did not
};

// GET {base}/shows/{id}/seasons for every show, a few at a time.  Caches the responses, and requests one
// again when the show's `updated` changes.  Stops after ten failures in a row.  If `base_url` is TVmaze's, or
// with `as_tvmaze`, it respects TVmaze's limit: the first fetch of 85,000 shows takes twelve hours.
[[nodiscard]] Seasons fetch_seasons(std::string_view base_url, bool as_tvmaze, const Catalogue& catalogue,
                                    const FetchOptions& options = {}, const Progress& progress = no_progress);

}  // namespace bingefriend
