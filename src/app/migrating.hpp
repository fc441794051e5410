// The command migrate.
#pragma once

#include "app/settings.hpp"

namespace bingefriend {

void run_migrate(const Options& options, const Environment& environment);

}  // namespace bingefriend
