#include "app/quality/evaluation_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/quality/svg.hpp"
#include "console/progress_line.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t colours = 7;

constexpr std::string_view head = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>How good are the lists?</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; --paper: #f8f5ef; --sheet: #fffdf9; --ink: #1f1a15; --quiet: #5c5349; --line: #e2d9cb; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #141218; --sheet: #1e1b24; --ink: #f0ecf5; --quiet: #b0a8bd; --line: #35303e; }
}
.s0 { --c: #0072b2; } .s1 { --c: #d55e00; } .s2 { --c: #009e73; } .s3 { --c: #cc79a7; } .s4 { --c: #b8860b; }
.s5 { --c: #56b4e9; } .s6 { --c: #7f5af0; } .popular { --c: #8a8178; } .random { --c: #b5ada3; }
body { margin: 0 auto; max-width: 88rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
h1, h2 { font-family: ui-serif, Georgia, serif; line-height: 1.15; }
h1 { font-size: 2.2rem; margin: 0.5rem 0; } h2 { margin: 2.5rem 0 0.75rem; }
p { max-width: 70ch; } .quiet { color: var(--quiet); }
.plots { display: grid; gap: 1.25rem; margin-top: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(32rem, 100%), 1fr)); }
figure { margin: 0; padding: 1rem 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
figcaption { font-weight: 650; } svg { width: 100%; height: auto; display: block; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin: 0.3rem 0 0.6rem; font-size: 0.9rem; max-width: none; }
.legend i { display: inline-block; width: 0.8rem; height: 0.8rem; border-radius: 50%; background: var(--c); margin-right: 0.4rem; }
text { fill: var(--quiet); font-size: 13px; font-family: system-ui, sans-serif; } .label { text-anchor: end; } .tick { text-anchor: middle; }
.grid { stroke: var(--line); } .zero { stroke: var(--quiet); } .interval { stroke: var(--c); stroke-width: 2.5; }
circle { fill: var(--c); } polyline { fill: none; stroke: var(--c); stroke-width: 2.5; stroke-linejoin: round; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; background: var(--sheet); font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.8rem; border: 1px solid var(--line); text-align: left; vertical-align: top; } td.n { text-align: right; white-space: nowrap; }
</style></head><body>
)html";

std::string style_of(std::size_t set) {
    return fmt::format("s{}", set % colours);
}

std::vector<PlotSeries> series_of(const EvaluationSummary& summary) {
    std::vector<PlotSeries> series;
    for (std::size_t set = 0; set < summary.sets.size(); ++set) {
        series.push_back({summary.sets[set], style_of(set)});
    }
    return series;
}

// The compared sets, then those for scale.
std::vector<PlotSeries> series_of(const Evaluation& evaluation) {
    std::vector<PlotSeries> series;
    for (std::size_t set = 0; set < evaluation.lists.size(); ++set) {
        const bool compared = set + 2 < evaluation.lists.size();
        const std::string& name = evaluation.lists[set].name;
        series.push_back({name, compared ? style_of(set) : name});
    }
    return series;
}

// A row of the raw and one of the era-free figures; only the first without years.
template <typename Sets, typename AgreementOf, typename FigureOf>
std::vector<PlotRow> raw_and_era_free(const Sets& sets, AgreementOf agreement_of, FigureOf figure_of) {
    PlotRow raw{.name = "as they are"};
    PlotRow free{.name = "era-free"};
    bool has_free = false;
    for (const auto& set : sets) {
        const std::optional<AgreementEstimates> agreement = agreement_of(set);
        raw.marks.push_back(agreement ? std::optional(figure_of(agreement->raw)) : std::nullopt);
        const bool set_has_free = agreement && agreement->era_free;
        free.marks.push_back(set_has_free ? std::optional(figure_of(*agreement->era_free)) : std::nullopt);
        has_free = has_free || set_has_free;
    }
    return has_free ? std::vector{raw, free} : std::vector{raw};
}

Estimate recall_of(const AgreementEstimate& a) {
    return a.recall;
}
Estimate ndcg_of(const AgreementEstimate& a) {
    return a.ndcg;
}

std::string agreement_plots(const Evaluation& e, std::size_t length) {
    const std::vector<PlotSeries> series = series_of(e);
    const auto agreement = [](const ListsReport& r) { return std::optional(r.agreement); };
    return interval_plot(fmt::format("Recall of the first {}", length), series,
                         raw_and_era_free(e.lists, agreement, recall_of)) +
           interval_plot(fmt::format("NDCG of the first {}", length), series,
                         raw_and_era_free(e.lists, agreement, ndcg_of));
}

std::string difference_plots(const Evaluation& e) {
    std::vector<ListsReport> with_difference;
    std::vector<PlotSeries> series;
    for (std::size_t set = 0; set < e.lists.size(); ++set) {
        if (e.lists[set].difference) {
            with_difference.push_back(e.lists[set]);
            series.push_back({e.lists[set].name, style_of(set)});
        }
    }
    if (series.empty()) {
        return {};
    }
    const auto difference = [](const ListsReport& r) { return r.difference; };
    return interval_plot(fmt::format("Recall minus {}, show by show", e.lists.front().name), series,
                         raw_and_era_free(with_difference, difference, recall_of)) +
           interval_plot(fmt::format("NDCG minus {}, show by show", e.lists.front().name), series,
                         raw_and_era_free(with_difference, difference, ndcg_of));
}

std::string recall_by_length_plot(const Evaluation& e) {
    std::vector<std::vector<PlotPoint>> lines;
    for (const ListsReport& report : e.lists) {
        std::vector<PlotPoint>& line = lines.emplace_back();
        for (std::size_t i = 0; i < report.recall_by_length.size(); ++i) {
            line.push_back({static_cast<double>(i + 1), report.recall_by_length[i]});
        }
    }
    return line_plot("Recall by the length of the list", "entries", Axis::linear, series_of(e), lines);
}

std::string group_plots(const EvaluationSummary& summary) {
    std::vector<PlotRow> rows;
    std::vector<PlotRow> free_rows;
    for (const GroupReport& group : summary.rated->evaluation.groups) {
        const std::string name = fmt::format("{} ({})", group.name, with_commas(group.items));
        PlotRow& row = rows.emplace_back(PlotRow{.name = name});
        PlotRow free{.name = name};
        for (const AgreementEstimates& agreement : group.lists) {
            row.marks.emplace_back(agreement.raw.recall);
            free.marks.push_back(agreement.era_free ? std::optional(agreement.era_free->recall)
                                                    : std::nullopt);
        }
        free_rows.push_back(std::move(free));
    }
    if (rows.empty()) {
        return {};
    }
    return fmt::format(
        "<h2>By group of shows</h2><p>The number of shows in brackets. Groups under {} shows are left "
        "out.</p><div class=\"plots\">{}{}</div>",
        min_group, interval_plot("Recall", series_of(summary), rows),
        interval_plot("Era-free recall", series_of(summary), free_rows));
}

std::string hub_plot(const EvaluationSummary& summary) {
    std::vector<std::vector<PlotPoint>> lines;
    for (const Structure& structure : summary.structures) {
        const std::vector<std::size_t>& held = structure.spread.held;
        std::vector<PlotPoint>& line = lines.emplace_back();
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (held[i] > 0 && (i == 0 || held[i] != held[i - 1])) {
                const auto share = static_cast<double>(held.size() - i) / static_cast<double>(held.size());
                line.push_back({static_cast<double>(held[i]), share});
            }
        }
    }
    return line_plot("Share of the shows that stand in at least so many lists", "lists", Axis::logarithmic,
                     series_of(summary), lines);
}

std::string number_cell(std::optional<double> value, int decimals) {
    return value ? fmt::format("<td class=\"n\">{:.{}f}</td>", *value, decimals) : "<td class=\"n\">-</td>";
}

std::string structure_table(const EvaluationSummary& summary) {
    std::string text =
        "<div class=\"scroll\"><table><tr><th>lists<th>mean length<th>coverage<th>Gini<th>largest hub"
        "<th>genre diversity<th>years apart<th>overlap with the first</tr>";
    for (std::size_t set = 0; set < summary.sets.size(); ++set) {
        const Structure& s = summary.structures[set];
        text += fmt::format("<tr><td>{}</td>{}{}{}<td class=\"n\">{}</td>{}{}{}</tr>",
                            escaped(summary.sets[set]), number_cell(s.mean_length, 2),
                            number_cell(s.spread.coverage, 3), number_cell(s.spread.gini, 3),
                            with_commas(s.spread.largest_hub), number_cell(s.genre_diversity, 3),
                            number_cell(s.years_apart, 1), number_cell(s.overlap_with_first, 3));
    }
    return text + "</table></div>";
}

std::string estimate_cell(const Estimate& e) {
    return fmt::format("<td class=\"n\">{:.4f} ({:.4f} to {:.4f})</td>", e.mean, e.low, e.high);
}

std::string measures_html(const Evaluation& e) {
    std::string text =
        "<div class=\"scroll\"><table><tr><th>lists<th>NDCG<th>recall<th>era-free NDCG<th>era-free recall"
        "<th>hit rate<th>mean length</tr>";
    for (const ListsReport& r : e.lists) {
        const auto& free = r.agreement.era_free;
        text += fmt::format("<tr><td>{}</td>{}{}{}{}{}{}</tr>", escaped(r.name),
                            estimate_cell(r.agreement.raw.ndcg), estimate_cell(r.agreement.raw.recall),
                            free ? estimate_cell(free->ndcg) : "<td></td>",
                            free ? estimate_cell(free->recall) : "<td></td>", number_cell(r.hit_rate, 4),
                            number_cell(r.mean_length, 2));
    }
    return text + "</table></div>";
}

std::string rated_html(const EvaluationSummary& summary) {
    const RatedSummary& rated = *summary.rated;
    const Evaluation& e = rated.evaluation;
    return fmt::format(
               "<p>{} shows that {} or more users like (ratings of at least {}), {} users, {} likes.</p>"
               "<h2>What people like together</h2>"
               "<p><b>Recall</b>: of the 20 shows that most people like together with a show, the share that "
               "its list holds. <b>NDCG</b>: the order counts, too. <b>Era-free</b>: people like together "
               "what "
               "is of one time, because they see it at one time; here that is divided out. A gain that "
               "vanishes era-free only reflects release dates. Bars are 95% intervals over shows.</p>",
               with_commas(e.items), rated.min_raters, rated.like, with_commas(e.users),
               with_commas(e.likes)) +
           fmt::format("<div class=\"plots\">{}{}{}</div>", agreement_plots(e, summary.length),
                       difference_plots(e), recall_by_length_plot(e)) +
           "<h2>Figures</h2>" + measures_html(e) + group_plots(summary);
}

std::string name_html(const NamedShow& show) {
    return show.name.empty() ? fmt::format("{}", to_number(show.id)) : escaped(show.name);
}

std::string example_html(const Example& example, const std::vector<std::string>& sets) {
    std::string text = fmt::format("<h3>{}</h3><div class=\"scroll\"><table><tr>", name_html(example.show));
    for (const std::string& set : sets) {
        text += "<th>" + escaped(set);
    }
    text += "</tr><tr>";
    for (const std::vector<NamedShow>& list : example.lists) {
        text += "<td><ol>";
        for (const NamedShow& show : list) {
            text += "<li>" + name_html(show);
        }
        text += "</ol></td>";
    }
    return text + "</tr></table></div>";
}

}  // namespace

std::string evaluation_page(const EvaluationSummary& summary) {
    std::string text(head);
    text += "<h1>How good are the lists?</h1>";
    if (summary.rated) {
        text += rated_html(summary);
    }
    text += fmt::format(
        "<h2>All {} shows</h2><p>Over the first {} entries of each list. A hub is a show that stands in many "
        "lists.</p>{}<div class=\"plots\">{}</div>",
        with_commas(summary.shows), summary.length, structure_table(summary), hub_plot(summary));
    if (!summary.examples.empty()) {
        text += "<h2>Side by side</h2>";
    }
    for (const Example& example : summary.examples) {
        text += example_html(example, summary.sets);
    }
    return text + "<p class=\"quiet\">Made by bingefriend evaluate.</p></body></html>\n";
}

}  // namespace bingefriend
