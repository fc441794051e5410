// A fuzz target: a function that parses an input like the program.
#pragma once

#include <string_view>

namespace bingefriend {

// Defined by each target. An Error rejects an input. Any other exception, a sanitizer report, or a broken
// contract (std::abort) is a finding.
void try_input(std::string_view input);

}  // namespace bingefriend
