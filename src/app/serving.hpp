// The command serve.
#pragma once

#include "app/settings.hpp"

namespace bingefriend {

// Returns when a signal ends the server.
void run_serve(const Options& options, const Environment& environment);

}  // namespace bingefriend
