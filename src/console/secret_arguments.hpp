// Removes secrets on the command line from the process list and from messages.
#pragma once

#include <string>
#include <vector>

#include "base/secret.hpp"

namespace bingefriend {

// Overwrites the secrets in the arguments of the process, which every user of the machine can list.
void hide_secrets(int argc, char** argv, const std::vector<Secret>& secrets);

// Returns the message without the secrets that the arguments may hold. Even a misspelt option can be followed
// by one.
[[nodiscard]] std::string without_secrets_of(int argc, const char* const* argv, std::string message);

}  // namespace bingefriend
