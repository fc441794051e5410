// Groups of options that several commands share; add_options adds the flags of a group to a command.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "app/option.hpp"
#include "base/secret.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"

namespace bingefriend {

// As the flags gave it. What is empty here comes from the environment or the settings file
// (app/option_values.hpp).

struct SourceOptions {
    std::optional<std::string> kind;
    std::optional<std::string> catalogue;
    std::optional<Secret> show_service_url;
    std::optional<Secret> tvmaze_url;
    std::optional<Secret> season_service_url;
    bool with_seasons = false;
    bool fresh = false;
    std::optional<std::size_t> max_shows;
    std::size_t batch_size = 1'000;
};

struct StorageOptions {
    std::optional<Secret> connection_string;
    std::optional<std::string> container_name;
    std::string blob_prefix = "processed";
};

struct DatabaseOptions {
    std::optional<Secret> url;
};

struct GateOptions {
    std::optional<double> min_shows;
    std::optional<double> max_fall;
    std::optional<double> min_overlap;
    bool force = false;
};

// The recipe, and single settings that replace its own.
struct RecipeOptions {
    std::optional<std::string> recipe;  // name or file
    PerPart<std::optional<double>> weights;
    std::optional<std::size_t> max_features;
    std::optional<std::size_t> min_df;
    std::optional<double> max_df;
    std::optional<std::size_t> top_n_platforms;
    std::optional<std::size_t> top_n_languages;
};

// Of the commands that publish.
struct PublishingOptions {
    std::size_t top_n = 20;
    double min_similarity = 0.1;
    double diversity = 0;
    std::optional<std::size_t> max_per_franchise;
    std::size_t keep_generations = 2;
    bool skip_metadata = false;
    GateOptions gate;
    DatabaseOptions database;
};

struct LogOptions {
    bool quiet = false;
    std::string format = "text";
};

// Of a command that works in the data folder until it is done or a signal stops it.
struct JobOptions {
    std::filesystem::path data_dir = "data/processed";
    bool wait = false;
    LogOptions log;
};

void add_options(OptionList& list, SourceOptions& options);
void add_options(OptionList& list, StorageOptions& options);
void add_options(OptionList& list, DatabaseOptions& options);
void add_options(OptionList& list, PublishingOptions& options);
void add_options(OptionList& list, JobOptions& options, const std::string& meaning_of_data_dir);
void add_data_dir(OptionList& list, std::filesystem::path& data_dir, const std::string& meaning);
void add_recipe(OptionList& list, RecipeOptions& options);
void add_weights(OptionList& list, RecipeOptions& options);
void add_feature_settings(OptionList& list, RecipeOptions& options);
void add_threads(OptionList& list, std::size_t& threads);      // 0: one per core
void add_keep_runs(OptionList& list, std::size_t& keep_runs);  // run reports to retain

}  // namespace bingefriend
