// The settings that no flag gave: environment, else local.settings.json, else default.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "settings/setting_table.hpp"

namespace bingefriend {

// The keys of the environment and of local.settings.json.
class Environment {
  public:
    // Reads `Values` of local.settings.json in the working directory, if that exists, and logs a warning for
    // each key that is not a setting. Throws Error{usage} as read_settings_file.
    explicit Environment(const std::filesystem::path& settings_file = "local.settings.json");

    struct Found {
        Secret value;
        std::string origin;  // for people
    };
    // Returns the environment's value, else the file's, unchecked. An empty value counts as unset.
    [[nodiscard]] std::optional<Found> find(const Setting& setting) const;
    // Throws Error{usage} if the value has a control character or begins or ends with a space.
    void check(const Setting& setting) const;
    [[nodiscard]] std::optional<std::string> value(SettingKey key) const;
    [[nodiscard]] std::optional<Secret> secret(SecretKey key) const;
    // The value, else the default of the table.
    [[nodiscard]] std::string value_or_default(SettingKey key) const;
    [[nodiscard]] Secret secret_or_default(SecretKey key) const;
    // The same as a number. Throws Error{usage} if it is not one from `min` to `max`.
    [[nodiscard]] double number(SettingKey key, double min, double max) const;
    [[nodiscard]] std::size_t whole_number(SettingKey key, double min, double max) const;

  private:
    std::string file_name_;
    std::map<std::string, std::string> file_;
};

// Throws Error{usage} for anything but true, false, 1, 0, yes, no, on or off, in any case.
[[nodiscard]] bool yes_or_no(std::string_view text, SettingKey key);

// Returns the comma-separated values, without the spaces around them; empty ones are left out.
[[nodiscard]] std::vector<std::string> split_at_commas(std::string_view text);

}  // namespace bingefriend
