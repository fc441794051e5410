// Secrets on the command line: kept out of the list of processes and out of messages.
#pragma once

#include <string>
#include <vector>

#include "base/secret.hpp"

namespace bingefriend {

// Overwrites the secrets in the arguments of the process, which every user of the machine can list.
void hide_secrets(int argc, char** argv, const std::vector<Secret>& secrets);

// A message about the command line, without the secrets that its arguments may hold: what is wrong may be the
// name of the option that takes one.
[[nodiscard]] std::string without_secrets_of(int argc, const char* const* argv, std::string message);

}  // namespace bingefriend
