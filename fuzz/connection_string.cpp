// Parses a connection string; messages never show a rejected one.
#include "azure/blob_account.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const BlobAccount account = BlobAccount::parse(input);
    if (!account.endpoint.starts_with("http")) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
