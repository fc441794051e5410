#include "app/options.hpp"

#include <fmt/format.h>

namespace bingefriend {

void add_options(OptionList& list, SourceOptions& options) {
    append(
        list,
        {{"--source", &options.kind, "Source of the shows: sample, file, show-service or tvmaze",
          Choices{"sample", "file", "show-service", "tvmaze"}},
         {"--catalogue", &options.catalogue,
          "File of shows: JSON, NDJSON or CSV; plain, gzip or zstd (implies --source file)", "FILE"},
         {"--show-service-url", &options.show_service_url,
          "Base URL of the show service (SHOW_SERVICE_URL; implies --source show-service)", "URL"},
         {"--tvmaze-url", &options.tvmaze_url,
          "URL of TVmaze's API or a mirror (TVMAZE_URL; implies --source tvmaze)", "URL"},
         {"--with-seasons", &options.with_seasons, "Add the season summaries to the text of a show"},
         {"--season-service-url", &options.season_service_url,
          "Base URL of the season service (SEASON_SERVICE_URL; default: TVmaze with --source tvmaze)", "URL"},
         {"--fresh", &options.fresh, "Discard cached pages and start over"},
         {"--max-shows", &options.max_shows, "Stop after this many shows"},
         {"--batch-size", &options.batch_size, "Shows per request to the show service", Range{1, 1'000}}});
}

void add_data_dir(OptionList& list, std::filesystem::path& data_dir, const std::string& meaning) {
    append(list, {{"--data-dir", &data_dir, meaning, "DIR"}});
}

void add_options(OptionList& list, StorageOptions& options) {
    append(list,
           {{"--connection-string", &options.connection_string,
             "Connection string of the storage account (AZURE_STORAGE_CONNECTION_STRING is safer: other "
             "users can see a command line)"},
            {"--container-name", &options.container_name,
             "Blob container (STORAGE_CONTAINER_NAME; default recommendation-data)", "NAME"},
            {"--blob-prefix", &options.blob_prefix, "Prefix of the blob names"}});
}

void add_recipe(OptionList& list, RecipeOptions& options) {
    append(list, {{"--recipe", &options.recipe,
                   "Recipe of the score: classic, balanced or a JSON file (RECIPE; default classic)",
                   "NAME|FILE"}});
}

void add_feature_settings(OptionList& list, RecipeOptions& options) {
    append(list, {{"--max-text-features", &options.max_features,
                   "Maximum number of terms (default: as in the recipe, as below)", Range{0, 10'000'000}},
                  {"--text-min-df", &options.min_df, "Minimum number of shows that a term occurs in",
                   Range{1, 1'000'000'000}},
                  {"--text-max-df", &options.max_df, "Maximum share of all shows that a term occurs in",
                   Range{0, 1}},
                  {"--top-n-platforms", &options.top_n_platforms,
                   "Number of platforms with a column of their own", Range{0, 100'000}},
                  {"--top-n-languages", &options.top_n_languages,
                   "Number of languages with a column of their own", Range{0, 100'000}}});
}

void add_weights(OptionList& list, RecipeOptions& options) {
    for (const PartDefinition& d : all_parts) {
        append(list, {{fmt::format("--{}-weight", d.name), &options.weights[d.part],
                       fmt::format("{} (default: as in the recipe)", d.help)}});
    }
}

void add_threads(OptionList& list, std::size_t& threads) {
    append(list, {{"--threads", &threads, "Number of threads (0: one per core)", Range{0, 1'024}}});
}

void add_keep_runs(OptionList& list, std::size_t& keep_runs) {
    append(list, {{"--keep-runs", &keep_runs, "Run reports to retain in DIR/runs", Range{1, 100'000}}});
}

void add_options(OptionList& list, DatabaseOptions& options) {
    append(list, {{"--database-url", &options.url,
                   "sqlite:///relative/path, sqlite:////absolute/path or "
                   "mysql://user:password@host:port/database (DATABASE_URL; default "
                   "sqlite:///data/recommendations.db)",
                   "URL"}});
}

void add_options(OptionList& list, PublishingOptions& options) {
    GateOptions& gate = options.gate;
    append(
        list,
        {{"--top-n", &options.top_n, "Maximum number of recommendations per show", Range{1, 1'000}},
         {"--min-similarity", &options.min_similarity, "Minimum score of a recommendation", Range{0, 1}},
         {"--diversity", &options.diversity, "How much the shows of a list must differ: 0, not at all, to 1",
          Range{0, 1}},
         {"--max-per-franchise", &options.max_per_franchise,
          "Maximum number of shows of one franchise in a list (default: any number)", Range{1, 50}},
         {"--keep-generations", &options.keep_generations, "Generations to retain in the database",
          Range{1, 1'000}},
         {"--skip-metadata", &options.skip_metadata,
          "Ignored; accepted for the scripts of the original system. A generation always includes "
          "the metadata of its shows"},
         {"--gate-min-shows", &gate.min_shows,
          "Refuse to publish fewer shows than this share of the published ones (GATE_MIN_SHOWS, 0.9)",
          Range{0, 1}},
         {"--gate-max-fall", &gate.max_fall,
          "Refuse if the share of shows with genres, a summary or recommendations falls by more "
          "(GATE_MAX_FALL, 0.05)",
          Range{0, 1}},
         {"--gate-min-overlap", &gate.min_overlap,
          "Refuse if the lists overlap with the published ones by less (GATE_MIN_OVERLAP, 0.5)", Range{0, 1}},
         {"--force", &gate.force, "Publish what the gate would refuse"}});
    add_options(list, options.database);
}

void add_options(OptionList& list, JobOptions& options, const std::string& meaning_of_data_dir) {
    add_data_dir(list, options.data_dir, meaning_of_data_dir);
    append(list, {{"--wait", &options.wait, "Wait until another run in the folder has ended"},
                  {"-q,--quiet", &options.log.quiet, "Log only warnings and errors"},
                  {"--log-format", &options.log.format,
                   "text, or json: one object per line on standard error", Choices{"text", "json"}}});
}

}  // namespace bingefriend
