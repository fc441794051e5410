// The settings in local.settings.json, as Azure Functions keeps them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace bingefriend {

// The members of `Values` as texts; null is not set.  Empty if there is no such file.
// Throws Error{usage} that names the key if the file, a member or its type is not what it should be.
[[nodiscard]] std::map<std::string, std::string> read_settings_file(const std::filesystem::path& path);

}  // namespace bingefriend
