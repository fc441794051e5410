// What the user set: flag, else environment, else local.settings.json, else default.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/setting_table.hpp"
#include "base/secret.hpp"
#include "domain/features.hpp"
#include "domain/recommendation.hpp"
#include "gate/gate.hpp"

namespace bingefriend {

// The keys of the environment and of local.settings.json.
class Environment {
  public:
    // Reads `Values` of local.settings.json in the working directory, where there is one.
    // Throws Error{usage} as read_settings_file.
    explicit Environment(const std::filesystem::path& settings_file = "local.settings.json");

    struct Found {
        Secret value;
        std::string origin;  // for people
    };
    // The environment's value, else the file's, unchecked; an empty one counts as none.
    [[nodiscard]] std::optional<Found> find(const Setting& setting) const;
    // Throws Error{usage} if it has a control character or begins or ends with a blank.
    void check(const Setting& setting) const;
    [[nodiscard]] std::optional<std::string> value(SettingKey key) const;
    [[nodiscard]] std::optional<Secret> secret(SecretKey key) const;
    // The value, else the default of the table.
    [[nodiscard]] std::string value_or_default(SettingKey key) const;
    [[nodiscard]] Secret secret_or_default(SecretKey key) const;

  private:
    std::string file_name_;
    std::map<std::string, std::string> file_;
};

class Interruption;

// As the flags gave it; what has no flag stays empty and is looked up when needed.
struct Options {
    std::optional<std::string> source;
    std::optional<std::string> catalogue;
    std::optional<Secret> show_service_url;
    std::optional<Secret> season_service_url;
    std::optional<Secret> tvmaze_url;
    bool with_seasons = false;
    bool fresh = false;
    std::optional<Secret> database_url;
    std::optional<std::size_t> max_shows;
    std::size_t batch_size = 1'000;
    std::filesystem::path data_dir = "data/processed";
    std::optional<Secret> connection_string;
    std::optional<std::string> container_name;
    std::string blob_prefix = "processed";
    FeatureSettings features;
    Weights weights = default_weights;  // as given, not normalised
    std::size_t top_n = 20;
    double min_similarity = 0.1;
    std::size_t keep_generations = 2;
    std::size_t threads = 0;  // 0: as many as the machine has
    bool skip_metadata = false;

    std::optional<std::int64_t> generation;  // to verify; none: the published one
    std::string command;                     // the one that runs
    Interruption* interruption = nullptr;    // none where signals end the process at once
    std::stop_token stop;                    // of the interruption: requested when the command is to end
    bool wait = false;                       // for another run in data_dir to end
    std::vector<std::string> steps{"fetch", "features", "populate"};
    bool is_pipeline = true;  // not one of the commands that are a step of it alone
    std::optional<double> gate_min_shows;
    std::optional<double> gate_max_fall;
    std::optional<double> gate_min_overlap;
    bool force = false;          // publish whatever the gate says
    std::size_t keep_runs = 30;  // reports kept in data_dir/runs
    bool quiet = false;
    std::string log_format = "text";
    bool save_similarities = false;
    std::string host = "127.0.0.1";
    std::optional<std::uint16_t> port;
    std::string show;  // of recommend
    std::size_t n = 10;
    double least_score = 0;
    std::string format = "ndjson";
    std::string run;  // of runs
    bool json = false;
    bool test = false;                     // of notify
    std::vector<Secret> secret_arguments;  // what the command line gave for the secrets above
    std::optional<std::filesystem::path> output;
};

// Where the shows come from: the first that the options, then the environment name.
enum class SourceKind { sample, file, show_service, tvmaze };
struct SourceChoice {
    SourceKind kind = SourceKind::sample;
    std::string file;
    Secret url;
};
[[nodiscard]] SourceChoice source_choice(const Options& options, const Environment& environment);

[[nodiscard]] std::string name_of(SourceKind kind);                    // as --source spells it
[[nodiscard]] std::string shown_location(const SourceChoice& source);  // without user, password and query

[[nodiscard]] Secret database_url(const Options& options, const Environment& environment);

// Throws Error{usage} for anything but true, false, 1, 0, yes, no, on or off, in any case.
[[nodiscard]] bool yes_or_no(std::string_view text, SettingKey key);

// FUNCTIONS_CUSTOMHANDLER_PORT is set by the Azure Functions host and wins over PORT.
[[nodiscard]] std::uint16_t port(const Options& options, const Environment& environment);

// The parts of a list with commas, without blanks around them.
[[nodiscard]] std::vector<std::string> listed(std::string_view text);

// Throws Error{usage} where a limit is no number in 0 to 1.
[[nodiscard]] GateLimits gate_limits(const Options& options, const Environment& environment);

// Throws Error{usage} where the weights are not finite, one is negative or all are 0.
[[nodiscard]] RankingSettings ranking_settings(const Options& options);

}  // namespace bingefriend
