// The command line described for others than --help: a man page and completion for bash.  Both are made from
// the commands and options themselves, so that they cannot differ from them.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace bingefriend {

// bingefriend(1) in the man macros, with every command, option and setting.
[[nodiscard]] std::string manual_page(const CLI::App& app);

// A script to be sourced by bash, or put into /usr/share/bash-completion/completions.
[[nodiscard]] std::string bash_completion(const CLI::App& app);

}  // namespace bingefriend
