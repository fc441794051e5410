// Parses a whole untrusted archive.
#include "files/npz.hpp"

#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    (void)csr_of_npz(input, "input", 3, 4);
}

}  // namespace bingefriend
