#include "app/quality/evaluation_text.hpp"

#include <fmt/format.h>

#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "console/table.hpp"

namespace bingefriend {
namespace {

std::string estimate_text(const Estimate& e) {
    return fmt::format("{:.4f} ({:.4f} to {:.4f})", e.mean, e.low, e.high);
}

std::string difference_text(const Estimate& e) {
    return fmt::format("{:+.4f} ({:+.4f} to {:+.4f}){}", e.mean, e.low, e.high,
                       e.low <= 0 && e.high >= 0 ? " not certain" : "");
}

std::string measures_table(const EvaluationSummary& summary, std::size_t max_columns) {
    Table table({"lists", fmt::format("ndcg@{}", summary.length), fmt::format("recall20@{}", summary.length),
                 fmt::format("hit@{}", summary.length), "length", "coverage", "gini", "largest hub"},
                {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::right, Align::right});
    for (const ListsReport& r : summary.evaluation.lists) {
        table.add({r.name, estimate_text(r.agreement.raw.ndcg), estimate_text(r.agreement.raw.recall),
                   fmt::format("{:.4f}", r.hit_rate), fmt::format("{:.2f}", r.mean_length),
                   fmt::format("{:.3f}", r.spread.coverage), fmt::format("{:.3f}", r.spread.gini),
                   with_commas(r.spread.largest_hub)});
        if (r.agreement.era_free) {
            table.add({"  era-free", estimate_text(r.agreement.era_free->ndcg),
                       estimate_text(r.agreement.era_free->recall), "", "", "", "", ""});
        }
    }
    return table.text(max_columns);
}

// Empty if only one set of lists was compared.
std::string differences_table(const EvaluationSummary& summary, std::size_t max_columns) {
    const std::vector<ListsReport>& lists = summary.evaluation.lists;
    Table table({fmt::format("minus {}", lists.front().name), fmt::format("ndcg@{}", summary.length),
                 fmt::format("recall20@{}", summary.length)},
                {Align::left, Align::left, Align::left});
    bool any = false;
    for (const ListsReport& r : lists) {
        if (r.difference) {
            any = true;
            table.add(
                {r.name, difference_text(r.difference->raw.ndcg), difference_text(r.difference->raw.recall)});
            if (r.difference->era_free) {
                table.add({"  era-free", difference_text(r.difference->era_free->ndcg),
                           difference_text(r.difference->era_free->recall)});
            }
        }
    }
    return any ? "\n" + table.text(max_columns) : std::string();
}

std::string notes(const EvaluationSummary& summary) {
    std::string text;
    for (std::size_t i = 0; i < summary.depths.size(); ++i) {
        if (summary.depths[i] > 0) {
            text +=
                display_format("{}: stored lists of up to {} shows; those that are not rated do not count\n",
                               summary.evaluation.lists[i].name, summary.depths[i]);
        }
    }
    const RatingsReport& ratings = summary.ratings;
    if (ratings.unknown > 0) {
        text += fmt::format("{} of {} ratings are of shows that have no list\n", with_commas(ratings.unknown),
                            with_commas(ratings.rows));
    }
    if (ratings.skipped > 0) {
        text += fmt::format("{} of {} ratings were skipped; {}\n", with_commas(ratings.skipped),
                            with_commas(ratings.rows), ratings.first_skipped);
    }
    return text;
}

std::string groups_table(const EvaluationSummary& summary, std::size_t max_columns) {
    if (summary.evaluation.groups.empty()) {
        return {};
    }
    Table table(
        {"by", "group", "shows", "lists", fmt::format("ndcg@{}", summary.length),
         fmt::format("recall20@{}", summary.length), "era-free recall"},
        {Align::left, Align::left, Align::right, Align::left, Align::right, Align::right, Align::right});
    std::string_view last_by;
    for (const GroupReport& group : summary.evaluation.groups) {
        for (std::size_t set = 0; set < group.lists.size(); ++set) {
            const AgreementEstimates& a = group.lists[set];
            const bool first = set == 0;
            table.add({first && group.by != last_by ? group.by : "", first ? group.name : "",
                       first ? with_commas(group.items) : "", summary.evaluation.lists[set].name,
                       fmt::format("{:.4f}", a.raw.ndcg.mean), estimate_text(a.raw.recall),
                       a.era_free ? estimate_text(a.era_free->recall) : ""});
            last_by = group.by;
        }
    }
    return "\n" + table.text(max_columns);
}

}  // namespace

std::string evaluation_text(const EvaluationSummary& summary, std::size_t max_columns) {
    const Evaluation& e = summary.evaluation;
    return fmt::format("{} shows that {} or more users like, {} users, {} likes\n{}\n", with_commas(e.items),
                       summary.min_raters, with_commas(e.users), with_commas(e.likes), notes(summary)) +
           measures_table(summary, max_columns) + differences_table(summary, max_columns) +
           groups_table(summary, max_columns);
}

}  // namespace bingefriend
