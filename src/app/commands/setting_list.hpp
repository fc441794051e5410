// The settings for people and deployments.
#pragma once

#include <string>

#include "settings/settings.hpp"

namespace bingefriend {

// Each setting with its value, where that comes from, and its meaning; secrets are not shown.
[[nodiscard]] std::string settings_in_force(const Environment& environment);

// The table as a JSON array: key, default, secret, set_by_host, read_by, meaning.
[[nodiscard]] std::string settings_as_json();

// A file of KEY=value lines, all commented out, as systemd and `docker --env-file` read it.
[[nodiscard]] std::string settings_as_environment_file();

}  // namespace bingefriend
