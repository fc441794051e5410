// What a fuzz target is: a function that reads an input as the program would.
#pragma once

#include <string_view>

namespace bingefriend {

// Defined by each target.  An Error is how an input is refused; whatever else is thrown, a sanitizer's
// complaint, or a promise that does not hold (std::abort) is a finding.
void try_input(std::string_view input);

}  // namespace bingefriend
