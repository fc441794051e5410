#include <exception>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "app/blob_storage.hpp"
#include "app/commands.hpp"
#include "app/flags.hpp"
#include "app/interruption.hpp"
#include "app/log.hpp"
#include "app/pipeline.hpp"
#include "base/interrupted.hpp"

namespace bingefriend {
namespace {

// Runs a command that signals ask to stop and end.
Action interruptible(Action run) {
    return [run = std::move(run)](Options options, const Environment& environment) {
        Interruption interruption;
        options.interruption = &interruption;
        options.stop = interruption.token();
        try {
            run(options, environment);
        } catch (const std::exception& error) {
            if (!options.stop.stop_requested()) {
                throw;
            }
            const bool noticed = dynamic_cast<const Interrupted*>(&error) != nullptr;
            log_failure(noticed ? interrupted_by(interruption.signal_name()) : error.what());
        }
        if (options.stop.stop_requested()) {
            interruption.end_process();
        }
    };
}

Action steps(const std::vector<std::string>& names) {
    return interruptible([names](Options options, const Environment& environment) {
        options.steps = names;
        options.is_pipeline = false;
        run_pipeline(options, environment);
    });
}

}  // namespace

void add_pipeline_commands(Commands& commands, Options& options) {
    CLI::App& pipeline = commands.add("pipeline", "Fetch shows, compute features, publish recommendations",
                                      interruptible(run_pipeline));
    pipeline.add_option("--steps", options.steps, "The steps to run: fetch, features, populate")
        ->delimiter(',')
        ->check(CLI::IsMember({"fetch", "features", "populate"}))
        ->capture_default_str();
    CLI::App& fetch = commands.add("fetch", "Read shows into DATA_DIR/shows_metadata.csv", steps({"fetch"}));
    CLI::App& features =
        commands.add("features", "Compute the feature files from shows_metadata.csv", steps({"features"}));
    CLI::App& similarities =
        commands.add("similarities", "Print how the similarities of all pairs are spread",
                     interruptible([](const Options& o, const Environment&) { run_similarities(o); }));
    similarities.add_flag("--save-similarities", options.save_similarities,
                          "Also write the full matrices as .npy (up to 20,000 shows)");
    CLI::App& populate =
        commands.add("populate", "Publish recommendations from the feature files", steps({"populate"}));
    CLI::App& upload = commands.add("upload", "Copy the feature files to blob storage, as one run",
                                    interruptible(run_upload));
    CLI::App& download =
        commands.add("download", "Copy the run that was uploaded last from blob storage, checked",
                     interruptible(run_download));
    for (CLI::App* command : {&pipeline, &upload, &download}) {
        add_blob_storage(*command, options);
    }
    for (CLI::App* command : {&pipeline, &fetch}) {
        add_source(*command, options);
    }
    for (const auto& [command, data_dir] : std::initializer_list<std::pair<CLI::App*, const char*>>{
             {&pipeline, "The folder that takes the catalogue, the feature files and the report of the run"},
             {&fetch, "The folder that takes the catalogue, and what is kept for the next fetch"},
             {&features, "The folder of the catalogue, which takes the feature files"},
             {&similarities, "The folder of the feature files, which takes the matrices"},
             {&populate, "The folder of the catalogue and the feature files"},
             {&upload, "The folder of the catalogue and the feature files"},
             {&download, "The folder that takes the catalogue and the feature files"}}) {
        add_data_dir(*command, options, data_dir);
        command->add_flag("--wait", options.wait, "Wait for another run in the folder to end");
        add_log(*command, options);
    }
    for (CLI::App* command : {&pipeline, &fetch, &features, &populate}) {
        command->add_option("--keep-runs", options.keep_runs, "Reports of runs kept in DIR/runs")
            ->check(CLI::Range(1, 100'000))
            ->capture_default_str();
    }
    for (CLI::App* command : {&pipeline, &features}) {
        add_features(*command, options);
    }
    for (CLI::App* command : {&pipeline, &populate}) {
        add_ranking(*command, options);
        add_gate(*command, options);
        add_database(*command, options);
    }
    add_weights(similarities, options);
    for (CLI::App* command : {&pipeline, &features, &similarities, &populate}) {
        add_threads(*command, options);
    }
}

}  // namespace bingefriend
