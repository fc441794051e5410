// Parses a database URL; messages never show its password.
#include "database/database_url.hpp"

#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    if (DatabaseUrl::parse(input).display().empty()) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
