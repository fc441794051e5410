// Reads a whole catalogue of any kind: valid shows, or the reason why there are none.
#include <algorithm>

#include "base/error.hpp"
#include "fetch/fetch.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const Ingest ingest = fetch_bytes(input, "input");
    const std::vector<Show>& shows = ingest.catalogue.shows;
    const IngestReport& report = ingest.report;
    const bool in_order =
        std::is_sorted(shows.begin(), shows.end(), [](const Show& a, const Show& b) { return a.id < b.id; });
    const bool are_sound =
        std::all_of(shows.begin(), shows.end(), [](const Show& show) { return fault_of(show).empty(); });
    const std::size_t all = shows.size() + report.rejected + report.duplicates;
    if (!in_order || !are_sound || all != report.records || (shows.empty() && report.why_empty().empty())) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
