#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/commands/command.hpp"
#include "app/report_text.hpp"
#include "base/error.hpp"
#include "console/progress_line.hpp"
#include "console/standard_output.hpp"
#include "console/table.hpp"
#include "reports/run_reports.hpp"

namespace bingefriend {
namespace {

struct RunsOptions {
    std::string run;
    bool json = false;
    std::filesystem::path data_dir = "data/processed";
};

void add_options(OptionList& list, RunsOptions& options) {
    append(list, {{"run", &options.run, "Run to show; latest: the newest", "RUN"},
                  {"--json", &options.json, "Print the reports as JSON"}});
    add_data_dir(list, options.data_dir, "Data folder of the pipeline");
}

void print_runs(const std::vector<RunReport>& runs) {
    if (runs.empty()) {
        print("There is no run yet: `bingefriend pipeline` starts one.\n");
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

void print_runs_as_json(const std::vector<RunReport>& runs) {
    for (const RunReport& run : runs) {
        write_json_line(json_of(run, JsonLayout::one_line));
    }
}

void run_runs(const RunsOptions& options, const Environment& /*environment*/) {
    const std::vector<RunReport> runs = read_run_reports(options.data_dir);
    if (options.run.empty()) {
        options.json ? print_runs_as_json(runs) : print_runs(runs);
        return;
    }
    for (const RunReport& run : runs) {
        if (options.run == "latest" || options.run == run.id) {
            options.json ? write_json_line(json_of(run)) : print_lines(to_text(run));
            return;
        }
    }
    throw Error(ErrorKind::input, "there is no such run", options.run, "`bingefriend runs` lists them");
}

}  // namespace

Command runs_command() {
    return make_command("runs", "List the last runs of the pipeline, or show one", run_runs);
}

}  // namespace bingefriend
