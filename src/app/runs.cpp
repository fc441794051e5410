#include "app/runs.hpp"

#include <fmt/format.h>

#include <vector>

#include "app/progress_line.hpp"
#include "app/report_text.hpp"
#include "app/standard_output.hpp"
#include "app/table.hpp"
#include "base/error.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

void print_list(const std::vector<RunReport>& runs) {
    if (runs.empty()) {
        print("There was no run yet: `bingefriend pipeline` is one.\n");
        return;
    }
    Table table({"run", "outcome", "seconds", "shows", "generation", "source"},
                {Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
    for (const RunReport& run : runs) {
        table.add({run.id, name_of(run.outcome) + (run.failed_stage.empty() ? "" : " in " + run.failed_stage),
                   run.ended_at.empty() ? "" : fmt::format("{:.2f}", run.seconds),
                   run.catalogue ? with_commas(run.catalogue->shows) : "",
                   run.generation ? std::to_string(run.generation->number) : "",
                   run.source.empty() ? run.source_kind : run.source});
    }
    print_lines(table.text(output_columns()) + "`bingefriend runs RUN` shows one of them\n");
}

void print_json(const std::vector<RunReport>& runs) {
    for (const RunReport& run : runs) {
        write_json_line(json_of(run, JsonLayout::one_line));
    }
}

}  // namespace

void run_runs(const Options& options, const Environment& /*environment*/) {
    const std::vector<RunReport> runs = read_run_reports(options.data_dir);
    if (options.run.empty()) {
        options.json ? print_json(runs) : print_list(runs);
        return;
    }
    for (const RunReport& run : runs) {
        if (options.run == "latest" || options.run == run.id) {
            options.json ? write_json_line(json_of(run)) : print_lines(text_of(run));
            return;
        }
    }
    throw Error(ErrorKind::input, "there is no such run", options.run, "`bingefriend runs` lists them");
}

}  // namespace bingefriend
