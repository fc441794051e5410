// The command line: what it offers, and what each command does.
#pragma once

namespace bingefriend {

// Returns the exit code; throws Error.
int run_command_line(int argc, char** argv);

}  // namespace bingefriend
