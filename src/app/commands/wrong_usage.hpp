// The error message for a command line that the parser refused.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace bingefriend {

struct WrongUsage {
    std::string command;                // recognised so far: "bingefriend generations"
    std::vector<std::string> commands;  // that may follow it
    std::vector<std::string> options;   // that it has: "--port"
    std::vector<std::string> unknown;   // words that it does not know, in order
    std::string message;                // of the parser, for all other errors
};

// Names the first unknown word with the closest known one, else gives the message of the parser.
[[nodiscard]] Error usage_error(const WrongUsage& usage);

}  // namespace bingefriend
