// The settings in local.settings.json, in the format of Azure Functions.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bingefriend {

// Returns the members of `Values` as texts, without those that are null. Empty if there is no such file.
// Throws Error{usage} that names the key if the file, a member or its type is invalid.
[[nodiscard]] std::map<std::string, std::string> read_settings_file(const std::filesystem::path& path);

// A warning for each key that is neither a setting nor a key of Azure Functions, with the closest setting.
[[nodiscard]] std::vector<std::string> unknown_settings(const std::map<std::string, std::string>& values);

}  // namespace bingefriend
