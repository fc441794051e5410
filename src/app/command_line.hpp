// The command line: what it offers, and what each command does.
#pragma once

namespace bingefriend {

// What a process says that the system gives no more memory.
inline constexpr const char* out_of_memory =
    "out of memory: give the process more, or work on fewer shows with --max-shows";

// Returns the exit code; throws Error.
int run_command_line(int argc, char** argv);

}  // namespace bingefriend
