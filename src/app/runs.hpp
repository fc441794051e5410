// The command that shows the reports of the last runs.
#pragma once

#include "app/settings.hpp"

namespace bingefriend {

// Lists the runs of options.data_dir, or shows the one that options.run names ("latest": the newest).
void run_runs(const Options& options, const Environment& environment);

}  // namespace bingefriend
