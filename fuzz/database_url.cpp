// A database URL; what messages show of it holds no password.
#include "database/database_url.hpp"

#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    if (DatabaseUrl::parse(input).display().empty()) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
