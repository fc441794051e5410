// From the options and settings to a catalogue: the source of the shows, and the seasons if requested.
#pragma once

#include <optional>
#include <string>

#include "app/options.hpp"
#include "fetch/fetch.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

// Where the shows come from: the first that the options, then the environment name.
enum class SourceKind { sample, file, show_service, tvmaze };
struct SourceChoice {
    SourceKind kind = SourceKind::sample;
    std::string file;
    Secret url;
};
[[nodiscard]] SourceChoice source_choice(const SourceOptions& options, const Environment& environment);

[[nodiscard]] std::string to_string(SourceKind kind);                  // as --source spells it
[[nodiscard]] std::string shown_location(const SourceChoice& source);  // without user, password and query

// Reads the fetch options, except the cache folder and the stop token. Throws Error{usage} if a setting is
// invalid.
[[nodiscard]] FetchOptions fetch_options(const SourceOptions& options, const Environment& environment);

// Returns the URL of the season service; empty without --with-seasons. Throws Error{usage} if it is unknown.
[[nodiscard]] std::optional<Secret> season_source(const SourceChoice& source, const SourceOptions& options,
                                                  const Environment& environment);

[[nodiscard]] Ingest fetch_from(const SourceChoice& source, const FetchOptions& options,
                                const Progress& progress);

// Adds the counts and warnings of the seasons to the report of the fetch.
void add_seasons(IngestReport& report, const Seasons& seasons);

}  // namespace bingefriend
