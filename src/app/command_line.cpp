#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "app/blob_storage.hpp"
#include "app/description.hpp"
#include "app/interruption.hpp"
#include "app/log.hpp"
#include "app/memory.hpp"
#include "app/notifications.hpp"
#include "app/pipeline.hpp"
#include "app/reading.hpp"
#include "app/runs.hpp"
#include "app/secret_arguments.hpp"
#include "app/serve_settings.hpp"
#include "app/setting_list.hpp"
#include "app/settings.hpp"
#include "app/standard_output.hpp"
#include "app/version.hpp"
#include "artifacts/run_reports.hpp"
#include "domain/error.hpp"
#include "domain/interrupted.hpp"
#include "query/query.hpp"
#include "serve/serve.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

// An option whose value is a Secret, or a URL that may hold one.
CLI::Option* add_secret(CLI::App& command, Options& options, const std::string& name,
                        std::optional<Secret>& value, const std::string& meaning) {
    const auto take = [&options, &value](const std::string& text) {
        value = Secret(text);
        options.secret_arguments.emplace_back(text);
    };
    return command.add_option_function<std::string>(name, take, meaning);
}

void add_source(CLI::App& command, Options& options) {
    command
        .add_option("--source", options.source, "Where shows come from: sample, file, show-service or tvmaze")
        ->check(CLI::IsMember({"sample", "file", "show-service", "tvmaze"}));
    command
        .add_option(
            "--catalogue", options.catalogue,
            "A file of shows: NDJSON, a JSON array, or CSV; plain, .gz or .zst (implies --source file)")
        ->type_name("FILE");
    add_secret(command, options, "--show-service-url", options.show_service_url,
               "Base URL of the show service (SHOW_SERVICE_URL; implies --source show-service)")
        ->type_name("URL");
    add_secret(command, options, "--tvmaze-url", options.tvmaze_url,
               "TVmaze's API or a mirror (TVMAZE_URL; implies --source tvmaze)")
        ->type_name("URL");
    command.add_flag("--with-seasons", options.with_seasons, "Add the summaries of the seasons to the text");
    add_secret(command, options, "--season-service-url", options.season_service_url,
               "Base URL of the season service (SEASON_SERVICE_URL; default: TVmaze with --source tvmaze)")
        ->type_name("URL");
    command.add_flag("--fresh", options.fresh, "Begin anew instead of going on with what was fetched before");
    command.add_option("--max-shows", options.max_shows, "Stop after so many shows");
    command.add_option("--batch-size", options.batch_size, "Shows a request to the show service")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
}

void add_data_dir(CLI::App& command, Options& options, const std::string& meaning) {
    command.add_option("--data-dir", options.data_dir, meaning)->type_name("DIR")->capture_default_str();
}

void add_blob_storage(CLI::App& command, Options& options) {
    add_secret(
        command, options, "--connection-string", options.connection_string,
        "The storage account (AZURE_STORAGE_CONNECTION_STRING; better there: others see a command line)")
        ->type_name("TEXT");
    command
        .add_option("--container-name", options.container_name,
                    "The blob container (STORAGE_CONTAINER_NAME; default recommendation-data)")
        ->type_name("NAME");
    command.add_option("--blob-prefix", options.blob_prefix, "What the blobs' names begin with")
        ->capture_default_str();
}

void add_features(CLI::App& command, Options& options) {
    FeatureSettings& f = options.features;
    command.add_option("--max-text-features", f.text.max_features, "Terms kept")
        ->check(CLI::Range(0, 10'000'000))
        ->capture_default_str();
    command.add_option("--text-min-df", f.text.min_df, "Shows a term must stand in")
        ->check(CLI::Range(1, 1'000'000'000))
        ->capture_default_str();
    command.add_option("--text-max-df", f.text.max_df, "Share of all shows that a term may stand in")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--top-n-platforms", f.top_n_platforms, "Platforms with a column of their own")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    command.add_option("--top-n-languages", f.top_n_languages, "Languages with a column of their own")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
}

void add_weights(CLI::App& command, Options& options) {
    command.add_option("--genre-weight", options.weights.genre, "Share of the genres in the score")
        ->capture_default_str();
    command.add_option("--text-weight", options.weights.text, "Share of the summaries' text")
        ->capture_default_str();
    command.add_option("--metadata-weight", options.weights.metadata, "Share of platform, type and language")
        ->capture_default_str();
}

void add_threads(CLI::App& command, Options& options) {
    command.add_option("--threads", options.threads, "Threads to work with (0: one a core)")
        ->check(CLI::Range(0, 1'024))
        ->capture_default_str();
}

void add_ranking(CLI::App& command, Options& options) {
    add_weights(command, options);
    command.add_option("--top-n", options.top_n, "Recommendations a show, at most")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    command.add_option("--min-similarity", options.min_similarity, "Least score of a recommendation")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--keep-generations", options.keep_generations, "Generations kept in the database")
        ->check(CLI::Range(1, 1'000))
        ->capture_default_str();
    command.add_flag(
        "--skip-metadata", options.skip_metadata,
        "Taken for the original's scripts and without effect: a generation always holds its shows' metadata");
}

void add_gate(CLI::App& command, Options& options) {
    command
        .add_option("--gate-min-shows", options.gate_min_shows,
                    "Refuse to publish fewer shows than this share of those published (GATE_MIN_SHOWS, 0.9)")
        ->check(CLI::Range(0.0, 1.0));
    command
        .add_option("--gate-max-fall", options.gate_max_fall,
                    "Refuse where the share of shows with genres, a summary or recommendations falls by more "
                    "(GATE_MAX_FALL, 0.05)")
        ->check(CLI::Range(0.0, 1.0));
    command
        .add_option("--gate-min-overlap", options.gate_min_overlap,
                    "Refuse where the lists overlap with those published by less (GATE_MIN_OVERLAP, 0.5)")
        ->check(CLI::Range(0.0, 1.0));
    command.add_flag("--force", options.force, "Publish what the gate would refuse");
}

void add_database(CLI::App& command, Options& options) {
    add_secret(command, options, "--database-url", options.database_url,
               "sqlite:///relative/path, sqlite:////absolute/path or "
               "mysql://user:password@host:port/database (DATABASE_URL; default "
               "sqlite:///data/recommendations.db)")
        ->type_name("URL");
}

void add_log(CLI::App& command, Options& options) {
    command.add_flag("-q,--quiet", options.quiet, "Tell only what goes wrong");
    command
        .add_option("--log-format", options.log_format,
                    "text, or json: an object a line on the standard error")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
}

void run_migrate(const Options& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment).reveal());
    const std::vector<Migration> applied = open_store(url)->migrate();
    for (const Migration& m : applied) {
        print("applied {} {}\n", m.version, m.name);
    }
    print("{} has the current schema.\n", url.display());
}

// The last runs whose reports lie here, as a JSON array.
std::string run_reports(const std::filesystem::path& data_dir) {
    constexpr std::size_t most = 10;
    std::vector<RunReport> reports = read_run_reports(data_dir);
    reports.resize(std::min(reports.size(), most));
    std::string json = "[";
    for (const RunReport& report : reports) {
        json += (json.size() == 1 ? "" : ",") + json_of(report, JsonLayout::one_line);
    }
    return json + "]";
}

void run_serve(const Options& options, const Environment& environment) {
    const DatabaseUrl url = DatabaseUrl::parse(database_url(options, environment).reveal());
    const std::shared_ptr<Store> store = open_store(url);  // its connections are shared by the threads
    const ReaderFactory open_reader = [store] { return store->reader(); };
    const bool local = std::holds_alternative<std::filesystem::path>(url.place);
    const std::unique_ptr<QueryAnswerer> queries = open_queries();
    ServeOptions settings = serve_options(options, environment, local);
    settings.queries = queries.get();
    settings.run_reports = [&options] { return run_reports(options.data_dir); };
    settings.write_access_line = [](std::string_view line) { (void)write_log_line(line); };
    give_freed_memory_back_soon();
    serve(settings, open_reader, [&](std::uint16_t bound) {
        print("Serving {} at http://{}:{} until Ctrl-C.\n", url.display(),
              options.host.find(':') == std::string::npos ? options.host : "[" + options.host + "]", bound);
        check_output();  // nobody would know the port
    });
    print("Stopped.\n");
}

using Action = std::function<void(const Options&, const Environment&)>;

// One command with what it runs; the first that the command line names is run.
class Commands {
  public:
    Commands(CLI::App& app, Options& options) : app_(app), options_(options) {}

    CLI::App& add(const std::string& name, const std::string& description, Action run) {
        CLI::App* command = app_.add_subcommand(name, description);
        command->callback([this, name, run = std::move(run)] {
            if (!chosen_) {
                chosen_ = run;
                options_.command = name;
            }
        });
        return *command;
    }

    void run_chosen() const {
        set_up_log(options_.log_format == "json" ? LogFormat::json : LogFormat::text, options_.quiet);
        chosen_(options_, Environment());
    }

  private:
    CLI::App& app_;
    Options& options_;
    Action chosen_;
};

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

void add_settings_command(Commands& commands, Options& options) {
    CLI::App& settings =
        commands.add("settings", "Print the settings in force and where they come from", run_settings);
    settings
        .add_option("--format", options.format,
                    "text; or without values: json, or env (a file for systemd or containers)")
        ->check(CLI::IsMember({"text", "json", "env"}));
}

void add_describing_commands(Commands& commands, const CLI::App& app) {
    commands.add("completion", "Print the completion of this command line for bash",
                 [&app](const Options&, const Environment&) { write_output(bash_completion(app)); });
    commands.add("manual", "Print the man page, in roff",
                 [&app](const Options&, const Environment&) { write_output(manual_page(app)); });
}

}  // namespace

int run_command_line(int argc, char** argv) {
    CLI::App app("Content-based recommendations for TV catalogues", "bingefriend");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.footer(
        "Settings come from the flag, else the environment, else local.settings.json, else the default.\n"
        "`bingefriend COMMAND --help` tells the options of a command.");
    Options options;
    Commands commands(app, options);
    add_pipeline_commands(commands, options);
    add_reading_commands(commands, options);
    add_settings_command(commands, options);
    add_describing_commands(commands, app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {  // --help or --version
            std::ostringstream text;
            (void)app.exit(error, text, text);
            write_output(text.str());
            finish_output();
            return 0;
        }
        throw Error(ErrorKind::usage, without_secrets_of(argc, argv, error.what()), "",
                    "`bingefriend --help` tells what there is");
    }
    hide_secrets(argc, argv, options.secret_arguments);
    commands.run_chosen();
    finish_output();
    return 0;
}

}  // namespace bingefriend
