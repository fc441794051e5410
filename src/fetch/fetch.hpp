// The door of fetch: sources of shows -> a catalogue and what was rejected.  A show enters here.
//
// Memory grows with the shows that are kept, never with the raw bytes of the source.  A bad record
// is skipped and reported; a source that ends too early gives what it had, with report.cut_short
// set.  Throws Error where there is nothing to read at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ingest.hpp"
#include "domain/progress.hpp"

namespace bingefriend {

struct FetchOptions {
    std::optional<std::size_t> max_shows;  // stop after so many good records
    std::size_t batch_size = 1'000;        // shows a request to a show service, 1 to 1,000
};

// A catalogue file: NDJSON, a JSON array, or the CSV that write_shows_csv writes; plain, .gz or .zst
// (told by its first bytes).  Progress counts records; the total is not known.
[[nodiscard]] Ingest fetch_file(const std::filesystem::path& path, const FetchOptions& options = {},
                                const Progress& progress = no_progress);

// The same for bytes in memory, such as the catalogue the program carries; `name` is for messages.
[[nodiscard]] Ingest fetch_bytes(std::string_view bytes, const std::string& name,
                                 const FetchOptions& options = {}, const Progress& progress = no_progress);

// A show service: GET {base}/get_shows_bulk?offset=O&limit=L until a page is shorter than L.
// `base_url` is given with or without "/api".
[[nodiscard]] Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options = {},
                                        const Progress& progress = no_progress);

}  // namespace bingefriend
