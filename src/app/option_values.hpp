// The values of options: what a flag gave, else the setting.
#pragma once

#include "app/options.hpp"
#include "base/secret.hpp"
#include "gate/gate.hpp"
#include "settings/settings.hpp"

namespace bingefriend {

[[nodiscard]] Secret database_url(const DatabaseOptions& options, const Environment& environment);

// Throws Error{usage} if a limit is not a number from 0 to 1.
[[nodiscard]] GateLimits gate_limits(const GateOptions& options, const Environment& environment);

}  // namespace bingefriend
