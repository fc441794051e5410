// How the program speaks while it works: plain lines, or a JSON object a line; with --quiet hardly at all.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace bingefriend {

enum class LogFormat { text, json };

// Sets the log up: lines on the standard error.  Called before any thread begins.
void set_up_log(LogFormat format, bool quiet);

[[nodiscard]] LogFormat log_format();
[[nodiscard]] bool log_is_quiet();

// One line of the log, not shown where it is quiet.  As JSON it has the fields beside
// time, level and message.
void log_line(const std::string& message, const nlohmann::json& fields);

// What a command did, for people on the standard output; as JSON a line of the log.
void say(const std::string& line);

// The line that the program ends with where it failed.
void log_failure(const std::string& message);

}  // namespace bingefriend
