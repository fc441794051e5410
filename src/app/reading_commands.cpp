#include "app/commands.hpp"
#include "app/flags.hpp"
#include "app/migrating.hpp"
#include "app/notifications.hpp"
#include "app/reading.hpp"
#include "app/runs.hpp"
#include "app/serving.hpp"

namespace bingefriend {

void add_reading_commands(Commands& commands, Options& options) {
    CLI::App& serve = commands.add("serve", "Answer the HTTP API until Ctrl-C", run_serve);
    serve.add_option("--host", options.host, "The address to listen on (0.0.0.0: all)")
        ->capture_default_str();
    serve.add_option("--port", options.port,
                     "The port (FUNCTIONS_CUSTOMHANDLER_PORT, PORT; default 8080; 0: any free one)");
    add_threads(serve, options);
    add_data_dir(serve, options, "The folder of the pipeline's runs, whose reports /runs tells");
    CLI::App& recommend = commands.add("recommend", "Print the recommendations of a show", run_recommend);
    recommend
        .add_option("show", options.show, "Id or name, or part of a name; small typing errors are forgiven")
        ->required()
        ->type_name("SHOW");
    recommend.add_option("-n,--n", options.n, "Length of the list")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    recommend.add_option("--min-similarity", options.least_score, "Least score")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    recommend.add_flag("--json", options.json, "Print what the API answers");
    CLI::App& stats = commands.add("stats", "Print the figures of what is published", run_stats);
    CLI::App& generations =
        commands.add("generations", "List the published generations; `rollback` goes back to the one before",
                     [&options](const Options& o, const Environment& e) {
                         (options.show == "rollback" ? run_rollback : run_generations)(o, e);
                     });
    generations.add_subcommand("rollback", "Make the generation before the current one")
        ->callback([&options] { options.show = "rollback"; });
    CLI::App& verify =
        commands.add("verify", "Compare a generation in the database with its checksums", run_verify);
    verify.add_option("--generation", options.generation, "The generation (default: the published one)")
        ->type_name("NUMBER");
    CLI::App& export_lists =
        commands.add("export", "Write every list, to a file or the standard output", run_export);
    export_lists.add_option("--format", options.format, "ndjson or csv")
        ->check(CLI::IsMember({"ndjson", "csv"}))
        ->capture_default_str();
    export_lists.add_option("-o,--output", options.output, "The file to write (default: standard output)")
        ->type_name("FILE");
    CLI::App& runs = commands.add("runs", "List the last runs of the pipeline, or show one", run_runs);
    runs.add_option("run", options.run, "The run to show; latest: the newest")->type_name("RUN");
    runs.add_flag("--json", options.json, "Print the reports as JSON");
    add_data_dir(runs, options, "The folder of the pipeline's runs");
    CLI::App& notify = commands.add("notify", "Say who is told of runs, or send them a test", run_notify);
    notify.add_flag("--test", options.test, "Send a test");
    CLI::App& migrate = commands.add("migrate", "Bring the database to the current schema", run_migrate);
    for (CLI::App* command : {&serve, &recommend, &stats, &generations, &verify, &export_lists, &migrate}) {
        add_database(*command, options);
    }
}

}  // namespace bingefriend
