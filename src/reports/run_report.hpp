// The report of a run: what it read, did and published, in figures.  docs/operating/runs.md describes it as
// JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/comparison.hpp"
#include "domain/published.hpp"
#include "domain/show.hpp"
#include "records/ingest.hpp"

namespace bingefriend {

struct CatalogueFigures {
    std::size_t shows = 0;
    std::size_t with_genres = 0;
    std::size_t with_summary = 0;
    std::size_t with_rating = 0;
    std::size_t with_platform = 0;
    std::size_t with_type = 0;
    std::size_t with_language = 0;

    friend bool operator==(const CatalogueFigures&, const CatalogueFigures&) = default;
};

[[nodiscard]] CatalogueFigures figures_of(const Catalogue& catalogue);

struct StageReport {
    std::string name;
    double seconds = 0;
    std::uint64_t peak_memory_bytes = 0;  // resident

    friend bool operator==(const StageReport&, const StageReport&) = default;
};

enum class Outcome {
    running,
    done,         // all steps ran; none of them publishes
    published,    // a new generation is what readers see
    refused,      // by the gate: the previous generation stays
    failed,       // a stage could not go on; the generation before stays
    interrupted,  // by a signal; also if its process ended without a report
};

[[nodiscard]] std::string name_of(Outcome outcome);

struct RunReport {
    std::string id;          // "20261122T090000Z"; with "-2" and so on for runs that begin in the same second
    std::string version;     // of the program
    std::string started_at;  // UTC, ISO 8601
    std::string ended_at;    // empty while it runs
    double seconds = 0;
    std::vector<std::string> steps;
    Outcome outcome = Outcome::running;
    std::string failed_stage;  // empty if none failed
    std::string error;         // the line that the program ended with; empty if it did not fail
    std::string source_kind;   // "sample", "file", ...; empty if the run did not fetch
    std::string source;        // path or URL, without user, password and query
    std::string database;      // as messages show it
    std::optional<IngestReport> fetch;
    std::optional<CatalogueFigures> catalogue;
    std::vector<StageReport> stages;  // in the order they ran
    std::optional<Comparison> comparison;
    std::optional<Generation> generation;  // the one published
};

// "20261122T090000Z: published generation 4"; one line.
[[nodiscard]] std::string headline(const RunReport& report);

}  // namespace bingefriend
