// shows_metadata.csv: the catalogue as a table (RFC 4180, UTF-8, CRLF or LF).
//
// Header: id,name,genres,summary,summary_clean,type,language,status,platform,rating_avg first,
// then premiered,updated,web_channel,url,image_medium,image_original,imdb,thetvdb,tvrage.  `genres` is a JSON
// array of strings.  An empty field means none. write then read gives the same catalogue, to the last bit of
// a rating.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/progress.hpp"
#include "bytes/byte_source.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

// Writes the whole file beside `path` first, then puts it in place: a reader sees the old file or the new.
void write_shows_csv(const std::filesystem::path& path, const Catalogue& catalogue);

// Columns may stand in any order, and have the other names that show_path knows ("rating.average"); further
// ones are warned of once.  `id` and `name`, or those of a show within (`_embedded.show.id`), must be there.
// A bad row is skipped and reported by its number.  `name` is for messages.
[[nodiscard]] Ingest read_shows_csv(const ByteSource& source, const std::string& name,
                                    std::optional<std::size_t> max_shows = {},
                                    const Progress& progress = no_progress);
[[nodiscard]] Ingest read_shows_csv(const std::filesystem::path& path);

}  // namespace bingefriend
