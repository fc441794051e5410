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
    shows_.push_back(std::move(show));
}

Catalogue CatalogueBuilder::build(IngestReport& report) && {
    // Among equal ids the one to keep comes last: the newest, and of equally new ones the latest read.
    std::stable_sort(shows_.begin(), shows_.end(), [](const Show& a, const Show& b) {
        return std::pair(a.id, a.updated) < std::pair(b.id, b.updated);
    });
    Catalogue catalogue;
    catalogue.shows.reserve(shows_.size());
    for (Show& show : shows_) {
        if (!catalogue.shows.empty() && catalogue.shows.back().id == show.id) {
            catalogue.shows.back() = std::move(show);
            ++report.duplicates;
        } else {
            catalogue.shows.push_back(std::move(show));
        }
    }
    return catalogue;
}

}  // namespace bingefriend
