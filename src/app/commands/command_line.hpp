// The command line of the program.
#pragma once

namespace bingefriend {

// Runs the command that the arguments name. Overwrites the secrets in them. Returns the exit code; throws
// Error.
int run_command_line(int argc, char** argv);

}  // namespace bingefriend
