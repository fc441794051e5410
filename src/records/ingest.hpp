// The result of reading a source: the catalogue, and an account of what was left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "domain/show.hpp"
#include "records/raw_show.hpp"

namespace bingefriend {

struct Rejection {
    std::string position;  // "line 17", "record 3", "offset 1000, record 3"
    std::string reason;    // "no name", "genres: a string where an array was expected"
};

struct IngestReport {
    static constexpr std::size_t kept_examples = 20;

    std::string source;               // its name, without secrets; empty if it has none
    std::size_t records = 0;          // seen, good and bad
    std::size_t rejected = 0;         // skipped, counted by reason below
    std::size_t duplicates = 0;       // records whose id another record had; the newer one counts
    std::size_t cut_summaries = 0;    // of shows that were read, above ShowLimits::summary_bytes
    std::size_t pages = 0;            // answers of a service
    std::size_t kept_pages = 0;       // of these, those that an earlier fetch had cached
    std::size_t retries = 0;          // repeated requests
    std::size_t with_seasons = 0;     // shows whose text holds the summaries of their seasons
    std::size_t without_seasons = 0;  // shows whose seasons failed: they have only their own text
    std::map<std::string, std::size_t> rejected_by_reason;
    std::vector<Rejection> examples;  // the first few
    std::vector<std::string> warnings;
    std::string cut_short;  // why the source ended before its end; empty if it did not

    void reject(std::string position, std::string reason);

    // Why there is no show, in one line; of a report of a catalogue without any.
    [[nodiscard]] std::string why_empty() const;
};

struct Ingest {
    Catalogue catalogue;
    IngestReport report;
};

// Collects shows in any order; of two with one id the newer `updated` stays (a tie: the later one).
// Memory grows with the distinct ids.
class CatalogueBuilder {
  public:
    // The show of a record, or the reason why there is none, which goes to `report`; the record stands at
    // `place` + `position`.  Returns whether it was a show.
    bool add(std::variant<NormalisedShow, Unreadable> read, std::string_view place, std::string_view position,
             IngestReport& report);
    void add(Show show);
    [[nodiscard]] std::size_t size() const noexcept { return shows_.size() + duplicates_; }
    [[nodiscard]] std::size_t distinct() const noexcept { return shows_.size(); }
    // Sorts by id, and counts the duplicates in `report`, with a warning of summaries that were cut.
    [[nodiscard]] Catalogue build(IngestReport& report) &&;

  private:
    std::vector<Show> shows_;
    std::unordered_map<std::int64_t, std::size_t> place_of_;  // id -> place in shows_
    std::size_t duplicates_ = 0;
};

}  // namespace bingefriend
