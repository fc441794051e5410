// What the program prints while it works: plain lines, or one JSON object per line; little with --quiet.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace bingefriend {

enum class LogFormat { text, json };

// Sets up the log: lines on standard error. Call it before any thread starts.
void set_up_log(LogFormat format, bool quiet);

[[nodiscard]] LogFormat log_format();
[[nodiscard]] bool log_is_quiet();

// Logs one line, unless the log is quiet. As JSON it has the fields next to time, level and message.
void log_line(const std::string& message, const nlohmann::json& fields);

// Prints what a command did: on standard output for people, or as a JSON line of the log.
void print_status(const std::string& line);

// Prints the last line of a program that failed.
void log_failure(const std::string& message);

}  // namespace bingefriend
