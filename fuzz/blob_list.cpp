// Parses the list of blobs from storage.
#include "azure/blob_list.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    (void)parse_blob_page(input, "input");
}

}  // namespace bingefriend
