#include <optional>
#include <utility>

#include "app/commands/command.hpp"
#include "app/stages.hpp"

namespace bingefriend {
namespace {

struct FetchCommandOptions {
    SourceOptions source;
    JobOptions job;
    std::size_t keep_runs = 30;
};

void add_options(OptionList& list, FetchCommandOptions& options) {
    add_options(list, options.source);
    add_options(list, options.job, "Folder of the catalogue and of the cache for the next fetch");
    add_keep_runs(list, options.keep_runs);
}

void run_fetch(const FetchCommandOptions& options, const Job& job) {
    Run run(job, {"fetch"}, options.keep_runs);
    run.execute([&] {
        std::optional<Stage> preparing(std::in_place, run, "prepare");
        const FetchPlan plan = plan_fetch(run, options.source, job);
        const DataFolder folder(job, Hold::exclusive);
        preparing.reset();
        (void)fetch_stage(run, plan, job.data_dir);
    });
}

}  // namespace

Command fetch_command() {
    return make_job("fetch", "Read shows into DATA_DIR/shows_metadata.csv", run_fetch);
}

}  // namespace bingefriend
