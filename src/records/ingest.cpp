#include "records/ingest.hpp"

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

std::string IngestReport::why_empty() const {
    if (!cut_short.empty()) {
        return cut_short;
    }
    if (rejected == 0) {
        return "it holds no records";
    }
    const auto most = std::max_element(rejected_by_reason.begin(), rejected_by_reason.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto example = std::find_if(examples.begin(), examples.end(), [&](const Rejection& rejection) {
        return rejection.reason == most->first;
    });
    const std::string where = example == examples.end() ? "" : " (" + example->position + ")";
    return (rejected == 1 ? "its only record was rejected: "
                          : "its " + std::to_string(rejected) + " records were rejected, " +
                                (rejected_by_reason.size() == 1 ? "all for: " : "most for: ")) +
           most->first + where;
}

bool CatalogueBuilder::add(std::variant<NormalisedShow, Unreadable> read, std::string_view place,
                           std::string_view position, IngestReport& report) {
    if (auto* const bad = std::get_if<Unreadable>(&read)) {
        report.reject(std::string(place).append(position), std::move(bad->reason));
        return false;
    }
    NormalisedShow& normalised = std::get<NormalisedShow>(read);
    report.cut_summaries += normalised.summary_was_cut ? 1 : 0;
    add(std::move(normalised.show));
    return true;
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
    if (report.cut_summaries > 0) {
        report.warnings.push_back(std::to_string(report.cut_summaries) + " summaries above " +
                                  std::to_string(ShowLimits::summary_bytes >> 10) + " KiB were cut");
    }
    Catalogue catalogue{std::move(shows_)};
    std::sort(catalogue.shows.begin(), catalogue.shows.end(),
              [](const Show& a, const Show& b) { return a.id < b.id; });
    return catalogue;
}

}  // namespace bingefriend
