// Public header of fetch: sources of shows -> a catalogue and what was rejected.  A show enters here.
//
// Memory grows with the shows that are kept, never with the raw bytes of the source.  A bad record
// is skipped and reported; a file that ends too early gives what it had, with report.cut_short
// set; a service that cannot give its whole catalogue is an Error.  Throws Error where there is nothing to
// read.
//
// What services answered is kept in `keep_in`: a fetch that was killed or failed goes on where it stopped.
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
    std::optional<std::size_t> max_shows{};  // stop after so many good records
    std::size_t batch_size = 1'000;          // shows a request to a show service, 1 to 1,000

    // For services:
    std::filesystem::path keep_in{};       // the folder of kept answers; empty: none are kept
    bool fresh = false;                    // forget what was kept and what the last fetch had
    std::chrono::hours resume_within{24};  // an older unfinished fetch is begun anew
    std::size_t in_flight = 4;             // requests at the same time
    std::size_t tvmaze_calls = 20;         // in any 10 s, over restarts too: TVmaze's limit
    HttpSettings http{.max_body_bytes = std::uint64_t{64} << 20};
};

// A catalogue file: JSON in any arrangement (record_splitter.hpp), or CSV; plain, gzip or zstd (told by its
// first bytes).  Another kind is an Error with the remedy.  Progress counts records; the total is not known.
[[nodiscard]] Ingest fetch_file(const std::filesystem::path& path, const FetchOptions& options = {},
                                const Progress& progress = no_progress);

// The same for bytes in memory, such as the catalogue the program carries; `name` is for messages.
[[nodiscard]] Ingest fetch_bytes(std::string_view bytes, const std::string& name,
                                 const FetchOptions& options = {}, const Progress& progress = no_progress);

// A show service: GET {base}/get_shows_bulk?offset=O&limit=L, a few at a time, until a page is shorter than
// L. `base_url` is given with or without "/api".  An empty page is believed only after it was asked for
// again; it is an error where the catalogue ends although a page after its end has shows, or with less than
// 90% of the shows that the last fetch from this service had.  Resumes; call conclude_fetch when the
// catalogue is stored.
[[nodiscard]] Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options = {},
                                        const Progress& progress = no_progress);

// TVmaze, or a mirror: GET {base}/shows?page=P up to the 404.  A copy of the pages stays in `keep_in`; a page
// is asked for only where {base}/updates/shows tells of a change in it since, so that the first fetch reads
// all and the next ones little, with the same result.  Without that list every page is asked for.
// Errors as above.  Terms: CC BY-SA 4.0, see tvmaze_attribution.
[[nodiscard]] Ingest fetch_tvmaze(std::string_view base_url, const FetchOptions& options = {},
                                  const Progress& progress = no_progress);

inline constexpr std::string_view tvmaze_url = "https://api.tvmaze.com";
inline constexpr std::string_view tvmaze_attribution =
    "Data from TVmaze (https://www.tvmaze.com), licensed CC BY-SA 4.0; show this wherever you show the data.";

// To be called once the catalogue of a service is safely stored: the next fetch is a new one and does not go
// on with this.  Does nothing for other sources.
void conclude_fetch(const FetchOptions& options, const IngestReport& report);

// The season summaries of shows.
struct Seasons {
    std::map<ShowId, std::string> summaries;  // HTML, in the order of the seasons; of the shows that have any
    std::size_t shows = 0;                    // of the catalogue
    std::size_t kept = 0;                     // answered by a run before
    std::size_t missing = 0;                  // could not be had
    std::size_t retries = 0;
    std::string stopped;  // why it gave up before the last show; empty where it did not
};

// GET {base}/shows/{id}/seasons for every show, a few at a time.  What was answered is kept and asked for
// again when the show's `updated` changes.  After ten failures in a row the rest is not asked for. `base_url`
// at TVmaze, or `as_tvmaze`, keeps to TVmaze's limit: 85,000 shows take twelve hours once.
[[nodiscard]] Seasons fetch_seasons(std::string_view base_url, bool as_tvmaze, const Catalogue& catalogue,
                                    const FetchOptions& options = {}, const Progress& progress = no_progress);

}  // namespace bingefriend
