#include "app/flags.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/secret.hpp"

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

}  // namespace

void add_source(CLI::App& command, Options& options) {
    command
        .add_option("--source", options.source, "Where shows come from: sample, file, show-service or tvmaze")
        ->check(CLI::IsMember({"sample", "file", "show-service", "tvmaze"}));
    command
        .add_option("--catalogue", options.catalogue,
                    "A file of shows: JSON, NDJSON or CSV; plain, gzip or zstd (implies --source file)")
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
    for (const PartDefinition& d : all_parts) {
        command.add_option(fmt::format("--{}-weight", d.name), options.weights[d.part], std::string(d.help))
            ->capture_default_str();
    }
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

}  // namespace bingefriend
