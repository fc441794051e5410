#include "reports/run_report.hpp"

#include <algorithm>

namespace bingefriend {

CatalogueFigures figures_of(const Catalogue& catalogue) {
    CatalogueFigures figures;
    figures.shows = catalogue.shows.size();
    for (const Show& show : catalogue.shows) {
        figures.with_genres += show.genres.empty() ? 0 : 1;
        figures.with_summary += show.summary.empty() ? 0 : 1;
        figures.with_rating += show.rating ? 1 : 0;
        figures.with_platform += show.platform.empty() ? 0 : 1;
        figures.with_type += show.type.empty() ? 0 : 1;
        figures.with_language += show.language.empty() ? 0 : 1;
    }
    return figures;
}

std::string name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::running:
            return "running";
        case Outcome::done:
            return "done";
        case Outcome::published:
            return "published";
        case Outcome::refused:
            return "refused";
        case Outcome::failed:
            return "failed";
        case Outcome::interrupted:
            break;
    }
    return "interrupted";
}

std::string headline(const RunReport& report) {
    std::string line = report.id + ": " + name_of(report.outcome);
    if (report.generation) {
        line += " generation " + std::to_string(report.generation->number);
    } else if ((report.outcome == Outcome::failed || report.outcome == Outcome::interrupted) &&
               !report.failed_stage.empty()) {
        line += " in " + report.failed_stage;
    } else if (report.outcome == Outcome::refused) {
        line += " to publish";
    }
    return line;
}

}  // namespace bingefriend
