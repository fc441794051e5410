#include "domain/ingest.hpp"

#include <algorithm>
#include <utility>

namespace bingefriend {

void IngestReport::reject(std::string position, std::string reason) {
    ++rejected;
    ++rejected_by_reason[reason];
    if (examples.size() < kept_examples) {
        examples.push_back({std::move(position), std::move(reason)});
    }
}

void CatalogueBuilder::add(Show show) {
    const auto [at, is_new] = place_of_.try_emplace(to_number(show.id), shows_.size());
    if (is_new) {
        shows_.push_back(std::move(show));
        return;
    }
    ++duplicates_;
    if (Show& known = shows_[at->second]; show.updated >= known.updated) {
        known = std::move(show);
    }
}

Catalogue CatalogueBuilder::build(IngestReport& report) && {
    report.duplicates += duplicates_;
    Catalogue catalogue{std::move(shows_)};
    std::sort(catalogue.shows.begin(), catalogue.shows.end(),
              [](const Show& a, const Show& b) { return a.id < b.id; });
    return catalogue;
}

}  // namespace bingefriend
