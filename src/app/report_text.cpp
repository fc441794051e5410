#include "app/report_text.hpp"

#include <fmt/format.h>

#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "console/table.hpp"
#include "fetch/fetch.hpp"

namespace bingefriend {
namespace {

using Text = fmt::memory_buffer;

template <typename... Values>
void add(Text& text, fmt::format_string<Displayed<Values>...> format, const Values&... values) {
    text.append(display_format(format, values...));
}

std::string percent(std::size_t part, std::size_t whole) {
    return fmt::format("{:.1f}%",
                       whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

void add_source(Text& text, const RunReport& report) {
    if (!report.source_kind.empty()) {
        add(text, "source: {}{}{}\n", report.source_kind, report.source.empty() ? "" : " ", report.source);
    }
    if (!report.fetch) {
        return;
    }
    const IngestReport& fetch = *report.fetch;
    if (fetch.pages > 0) {
        add(text, "pages: {}, cached by an earlier fetch: {}; retries: {}\n", with_commas(fetch.pages),
            with_commas(fetch.kept_pages), with_commas(fetch.retries));
    }
    if (fetch.with_seasons + fetch.without_seasons > 0) {
        add(text, "seasons: {} shows have season summaries, {} failed\n", with_commas(fetch.with_seasons),
            with_commas(fetch.without_seasons));
    }
    if (report.source_kind == "tvmaze") {
        add(text, "{}\n", tvmaze_attribution);
    }
    if (fetch.duplicates > 0) {
        add(text, "duplicates: {} records of shows with more than one record; the newest counts\n",
            with_commas(fetch.duplicates));
    }
}

void add_rejections(Text& text, const IngestReport& fetch) {
    if (fetch.rejected > 0) {
        add(text, "rejected: {} of {} records\n", with_commas(fetch.rejected), with_commas(fetch.records));
    }
    for (const auto& [reason, count] : fetch.rejected_by_reason) {
        add(text, "  {:>7}  {}\n", with_commas(count), reason);
    }
    for (const Rejection& example : fetch.examples) {
        add(text, "  {}: {}\n", example.position, example.reason);
    }
    if (fetch.rejected > fetch.examples.size()) {
        add(text, "  and {} more\n", with_commas(fetch.rejected - fetch.examples.size()));
    }
    for (const std::string& warning : fetch.warnings) {
        add(text, "warning: {}\n", warning);
    }
    if (!fetch.cut_short.empty()) {
        add(text, "the source ended too early: {}\n", fetch.cut_short);
    }
}

void add_catalogue(Text& text, const CatalogueFigures& c) {
    add(text, "catalogue: {} shows\n", with_commas(c.shows));
    const std::pair<const char*, std::size_t> parts[] = {
        {"genres", c.with_genres},     {"summary", c.with_summary}, {"rating", c.with_rating},
        {"platform", c.with_platform}, {"type", c.with_type},       {"language", c.with_language}};
    for (const auto& [what, count] : parts) {
        add(text, "  with {:<9} {:>9} {:>6}\n", what, with_commas(count), percent(count, c.shows));
    }
}

void add_comparison(Text& text, const Comparison& c) {
    add(text, "compared with generation {}:\n", c.with_generation);
    Table table({"", "before", "now"}, {Align::left, Align::right, Align::right});
    table.add({"  shows", with_commas(c.before.shows), with_commas(c.now.shows)});
    const auto add_share = [&](const char* what, std::size_t GenerationFigures::*count) {
        table.add({what, percent(c.before.*count, c.before.shows), percent(c.now.*count, c.now.shows)});
    };
    add_share("  with genres", &GenerationFigures::with_genres);
    add_share("  with summary", &GenerationFigures::with_summary);
    add_share("  with recommendations", &GenerationFigures::with_recommendations);
    text.append(table.text());
    add(text, "  {} shows added, {} removed\n", with_commas(c.shows_added), with_commas(c.shows_removed));
    if (c.mean_overlap) {
        add(text, "  the lists of {} shows overlap by {:.3f}{}\n", with_commas(c.compared), *c.mean_overlap,
            c.same_ranking ? "" : "; not judged, because the ranking settings differ");
    }
    if (!c.changed_most.empty()) {
        add(text, "  changed most:\n");
        for (const ChangedShow& show : c.changed_most) {
            add(text, "    {:.3f}  {} ({})\n", show.overlap, show.name, to_number(show.id));
        }
    }
    for (const std::string& objection : c.objections) {
        add(text, "{}: {}\n", c.forced ? "published anyway" : "not published", objection);
    }
}

void add_stages(Text& text, const RunReport& report) {
    if (report.stages.empty()) {
        return;
    }
    Table table({"stage", "seconds", "peak MB"}, {Align::left, Align::right, Align::right});
    for (const StageReport& stage : report.stages) {
        table.add({stage.name, fmt::format("{:.2f}", stage.seconds),
                   with_commas(static_cast<std::size_t>(stage.peak_memory_bytes / 1'000'000))});
    }
    text.append(table.text());
}

}  // namespace

std::string to_text(const RunReport& report) {
    Text text;
    add(text, "run {} ({:.2f} s)\n", headline(report), report.seconds);
    add_source(text, report);
    if (report.fetch) {
        add_rejections(text, *report.fetch);
    }
    if (report.catalogue) {
        add_catalogue(text, *report.catalogue);
    }
    if (report.comparison) {
        add_comparison(text, *report.comparison);
    }
    add_stages(text, report);
    if (!report.error.empty()) {
        add(text, "error: {}\n", report.error);
    }
    if (report.generation) {
        add(text, "generation {} in {}: {} shows, {} recommendations\n", report.generation->number,
            report.database, with_commas(static_cast<std::size_t>(report.generation->shows)),
            with_commas(static_cast<std::size_t>(report.generation->recommendations)));
    }
    return fmt::to_string(text);
}

}  // namespace bingefriend
