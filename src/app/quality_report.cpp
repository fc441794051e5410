#include "app/quality_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/progress_line.hpp"

namespace bingefriend {
namespace {

template <typename Has>
void print_share(const Catalogue& catalogue, const char* what, Has has) {
    const auto n = catalogue.shows.size();
    const auto count =
        static_cast<std::size_t>(std::count_if(catalogue.shows.begin(), catalogue.shows.end(), has));
    fmt::print("  with {:<9} {:>9} {:>6.1f}%\n", what, with_commas(count),
               n == 0 ? 0.0 : 100.0 * static_cast<double>(count) / static_cast<double>(n));
}

void print_rejections(const IngestReport& report) {
    if (report.rejected == 0) {
        return;
    }
    fmt::print("rejected: {} of {} records\n", with_commas(report.rejected), with_commas(report.records));
    for (const auto& [reason, count] : report.rejected_by_reason) {
        fmt::print("  {:>7}  {}\n", with_commas(count), reason);
    }
    for (const Rejection& example : report.examples) {
        fmt::print("  {}: {}\n", example.position, example.reason);
    }
    if (report.rejected > report.examples.size()) {
        fmt::print("  and {} more\n", with_commas(report.rejected - report.examples.size()));
    }
}

}  // namespace

void print_quality_report(const Ingest& ingest, const std::filesystem::path& csv, double seconds) {
    const Catalogue& catalogue = ingest.catalogue;
    const IngestReport& report = ingest.report;
    fmt::print("fetched: {} shows, in {} ({:.2f} s)\n", with_commas(catalogue.shows.size()), csv.string(),
               seconds);
    print_share(catalogue, "genres", [](const Show& s) { return !s.genres.empty(); });
    print_share(catalogue, "summary", [](const Show& s) { return !s.summary.empty(); });
    print_share(catalogue, "rating", [](const Show& s) { return s.rating.has_value(); });
    print_share(catalogue, "platform", [](const Show& s) { return !s.platform.empty(); });
    print_share(catalogue, "type", [](const Show& s) { return !s.type.empty(); });
    print_share(catalogue, "language", [](const Show& s) { return !s.language.empty(); });
    if (report.pages > 0) {
        fmt::print("pages: {}, asked again: {}\n", with_commas(report.pages), with_commas(report.retries));
    }
    if (report.duplicates > 0) {
        fmt::print("duplicates: {} records of a show that another record had; the newer was kept\n",
                   with_commas(report.duplicates));
    }
    print_rejections(report);
    for (const std::string& warning : report.warnings) {
        fmt::print("warning: {}\n", warning);
    }
}

}  // namespace bingefriend
