#include "app/commands/command.hpp"

#include <exception>

#include "app/interruption.hpp"
#include "base/progress.hpp"
#include "console/log.hpp"

namespace bingefriend {

void run_job(const std::string& command, const JobOptions& options,
             const std::function<void(const Job& job)>& work) {
    set_up_log(options.log.format == "json" ? LogFormat::json : LogFormat::text, options.log.quiet);
    const Environment environment;
    Interruption interruption;
    const Job job{command, options.data_dir, options.wait, environment, interruption};
    try {
        work(job);
    } catch (const std::exception& error) {
        if (!job.stop().stop_requested()) {
            throw;
        }
        const bool stopped = dynamic_cast<const Interrupted*>(&error) != nullptr;
        log_failure(stopped ? interrupted_by(interruption.signal_name()) : error.what());
    }
    if (job.stop().stop_requested()) {
        interruption.end_process();
    }
}

std::vector<Command> all_commands() {
    return {pipeline_command(),  fetch_command(),    features_command(),    similarities_command(),
            populate_command(),  upload_command(),   download_command(),    serve_command(),
            recommend_command(), stats_command(),    generations_command(), verify_command(),
            export_command(),    evaluate_command(), tune_command(),        runs_command(),
            notify_command(),    migrate_command(),  settings_command(),    completion_command(),
            manual_command()};
}

}  // namespace bingefriend
