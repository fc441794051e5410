// From the settings to a catalogue: the source that was chosen, and the seasons where they are wanted.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/settings.hpp"
#include "fetch/fetch.hpp"

namespace bingefriend {

// What fetching is told.  Throws Error{usage} where a setting cannot be read.
[[nodiscard]] FetchOptions fetch_options(const Options& options, const Environment& environment);

// Where the seasons come from; none where they are not wanted.  Throws Error{usage} where that is not known.
[[nodiscard]] std::optional<Secret> season_source(const SourceChoice& source, const Options& options,
                                                  const Environment& environment);

[[nodiscard]] Ingest fetch_from(const SourceChoice& source, const FetchOptions& options,
                                const Progress& progress);

// Takes the account of the seasons into that of the fetch.
void note(const Seasons& seasons, IngestReport& report);

}  // namespace bingefriend
