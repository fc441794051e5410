#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands/command.hpp"
#include "app/commands/serve_settings.hpp"
#include "app/commands/setting_list.hpp"
#include "app/fetching.hpp"
#include "app/notifications.hpp"
#include "app/option_values.hpp"
#include "base/shown_url.hpp"
#include "console/standard_output.hpp"
#include "settings/setting_table.hpp"
#include "store/store.hpp"

namespace bingefriend {
namespace {

std::string value_in_force(const Environment& environment, const Setting& setting) {
    if (const std::optional<Environment::Found> found = environment.find(setting)) {
        const std::string& value = found->value.reveal();
        return display_format("{} ({})",
                              setting.kind == SettingKind::secret ? "set, not shown"
                              : setting.kind == SettingKind::url  ? without_secrets(value)
                                                                  : with_shown_urls(value),
                              found->origin);
    }
    return setting.fallback.empty() ? "none" : fmt::format("{} (default)", setting.fallback);
}

}  // namespace

std::string settings_in_force(const Environment& environment) {
    std::string text;
    for (const Setting& setting : setting_table) {
        text += fmt::format("{}: {}\n    {}\n", setting.key, value_in_force(environment, setting),
                            setting.meaning);
    }
    return text;
}

std::string settings_as_json() {
    auto list = nlohmann::ordered_json::array();
    for (const Setting& setting : setting_table) {
        auto read_by = nlohmann::ordered_json::array();
        if (setting.read_by != ReadBy::serve) {
            read_by.push_back("pipeline");
        }
        if (setting.read_by != ReadBy::pipeline) {
            read_by.push_back("serve");
        }
        list.push_back({{"key", setting.key},
                        {"default", setting.fallback},
                        {"secret", setting.kind == SettingKind::secret},
                        {"set_by_host", setting.kind == SettingKind::from_host},
                        {"read_by", read_by},
                        {"meaning", setting.meaning}});
    }
    return list.dump(2) + "\n";
}

std::string settings_as_environment_file() {
    std::string text =
        "# The settings of BingeFriend; a line without # replaces the default.\n"
        "# `bingefriend settings` lists the values in force.\n";
    for (const Setting& setting : setting_table) {
        if (setting.kind != SettingKind::from_host) {
            text += fmt::format("\n# {}\n#{}={}\n", setting.meaning, setting.key, setting.fallback);
        }
    }
    return text;
}

namespace {

struct SettingsOptions {
    std::string format = "text";
};

void add_options(OptionList& list, SettingsOptions& options) {
    append(list, {{"--format", &options.format,
                   "text; or without values: json, or env (a file for systemd or containers)",
                   Choices{"text", "json", "env"}}});
}

// Reads the settings as the commands do. Throws Error{usage} for the first invalid one.
void check_all(const Environment& environment) {
    for (const Setting& setting : setting_table) {
        environment.check(setting);
    }
    (void)serve_options({}, environment, true);
    (void)DatabaseUrl::parse(database_url({}, environment).reveal());
    (void)fetch_options({}, environment);
    (void)gate_limits({}, environment);
    (void)notify_settings(environment);
    if (const auto wish = environment.value("USE_BLOB_STORAGE")) {
        (void)yes_or_no(*wish, "USE_BLOB_STORAGE");
    }
}

void run_settings(const SettingsOptions& options, const Environment& environment) {
    if (options.format == "json") {
        write_output(settings_as_json());
    } else if (options.format == "env") {
        write_output(settings_as_environment_file());
    } else {
        print_lines(settings_in_force(environment));
        flush_output();
        check_all(environment);
    }
}

}  // namespace

Command settings_command() {
    return make_command("settings", "Print the settings in force and where they come from", run_settings);
}

}  // namespace bingefriend
