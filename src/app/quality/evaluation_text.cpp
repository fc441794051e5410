#include <fmt/format.h>

#include <algorithm>

#include "app/quality/summary.hpp"

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

std::string measures_table(const Evaluation& evaluation, std::size_t length, std::size_t max_columns) {
    Table table({"lists", fmt::format("ndcg@{}", length), fmt::format("recall20@{}", length),
                 fmt::format("hit@{}", length), "length", "coverage", "gini", "largest hub"},
                {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::right, Align::right});
    for (const ListsReport& r : evaluation.lists) {
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
std::string differences_table(const Evaluation& evaluation, std::size_t length, std::size_t max_columns) {
    const std::vector<ListsReport>& lists = evaluation.lists;
    Table table({fmt::format("minus {}", lists.front().name), fmt::format("ndcg@{}", length),
                 fmt::format("recall20@{}", length)},
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

std::string groups_table(const Evaluation& evaluation, std::size_t length, std::size_t max_columns) {
    if (evaluation.groups.empty()) {
        return {};
    }
    Table table(
        {"by", "group", "shows", "lists", fmt::format("ndcg@{}", length), fmt::format("recall20@{}", length),
         "era-free recall"},
        {Align::left, Align::left, Align::right, Align::left, Align::right, Align::right, Align::right});
    std::string_view last_by;
    for (const GroupReport& group : evaluation.groups) {
        for (std::size_t set = 0; set < group.lists.size(); ++set) {
            const AgreementEstimates& a = group.lists[set];
            const bool first = set == 0;
            table.add({first && group.by != last_by ? group.by : "", first ? group.name : "",
                       first ? with_commas(group.items) : "", evaluation.lists[set].name,
                       fmt::format("{:.4f}", a.raw.ndcg.mean), estimate_text(a.raw.recall),
                       a.era_free ? estimate_text(a.era_free->recall) : ""});
            last_by = group.by;
        }
    }
    return "\n" + table.text(max_columns);
}

std::string notes(const RatingsReport& ratings) {
    std::string text;
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

std::string rated_text(const RatedSummary& rated, std::size_t length, std::size_t max_columns) {
    const Evaluation& e = rated.evaluation;
    return fmt::format("{} shows that {} or more users like, {} users, {} likes\n{}\n", with_commas(e.items),
                       rated.min_raters, with_commas(e.users), with_commas(e.likes), notes(rated.ratings)) +
           measures_text(e, length, max_columns) + groups_table(e, length, max_columns) + "\n";
}

std::string or_dash(std::optional<double> value, int decimals) {
    return value ? fmt::format("{:.{}f}", *value, decimals) : "-";
}

std::string structures_text(const EvaluationSummary& summary, std::size_t max_columns) {
    Table table({"lists", "length", "coverage", "gini", "largest hub", "genre diversity", "years apart",
                 "overlap with first"},
                {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::right, Align::right});
    for (std::size_t set = 0; set < summary.sets.size(); ++set) {
        const Structure& s = summary.structures[set];
        table.add({summary.sets[set], fmt::format("{:.2f}", s.mean_length),
                   fmt::format("{:.3f}", s.spread.coverage), fmt::format("{:.3f}", s.spread.gini),
                   with_commas(s.spread.largest_hub), or_dash(s.genre_diversity, 3),
                   or_dash(s.years_apart, 1), or_dash(s.overlap_with_first, 3)});
    }
    std::string text = fmt::format("All {} shows, the first {} entries of each list\n",
                                   with_commas(summary.shows), summary.length);
    for (std::size_t set = 0; set < summary.sets.size(); ++set) {
        if (summary.depths[set] > 0) {
            text += display_format("{}: stored lists of up to {} shows\n", summary.sets[set],
                                   summary.depths[set]);
        }
    }
    return text + "\n" + table.text(max_columns);
}

std::string name_of(const NamedShow& show) {
    return show.name.empty() ? fmt::format("{}", to_number(show.id)) : show.name;
}

std::string example_text(const Example& example, const std::vector<std::string>& sets,
                         std::size_t max_columns) {
    std::vector<std::string> header{""};
    header.insert(header.end(), sets.begin(), sets.end());
    std::vector<Align> alignment(header.size(), Align::left);
    alignment.front() = Align::right;
    Table table(std::move(header), std::move(alignment));
    std::size_t length = 0;
    for (const std::vector<NamedShow>& list : example.lists) {
        length = std::max(length, list.size());
    }
    for (std::size_t i = 0; i < length; ++i) {
        std::vector<std::string> row{std::to_string(i + 1)};
        for (const std::vector<NamedShow>& list : example.lists) {
            row.push_back(i < list.size() ? name_of(list[i]) : "");
        }
        table.add(std::move(row));
    }
    return display_format("{}\n", name_of(example.show)) + table.text(max_columns);
}

}  // namespace

std::string measures_text(const Evaluation& evaluation, std::size_t length, std::size_t max_columns) {
    return measures_table(evaluation, length, max_columns) +
           differences_table(evaluation, length, max_columns);
}

std::string evaluation_text(const EvaluationSummary& summary, std::size_t max_columns) {
    std::string text = summary.rated ? rated_text(*summary.rated, summary.length, max_columns) : "";
    text += structures_text(summary, max_columns);
    for (const Example& example : summary.examples) {
        text += "\n" + example_text(example, summary.sets, max_columns);
    }
    return text;
}

}  // namespace bingefriend
