// The XML that storage answers to a request for a list of blobs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "azure/blob_container.hpp"

namespace bingefriend {

struct BlobPage {
    std::vector<BlobProperties> blobs;
    std::string next_marker;  // where the next page begins; empty: this is the last
};

// Throws Error{unavailable} that names `where` if it is no such list.
[[nodiscard]] BlobPage parse_blob_page(std::string_view xml, const std::string& where);

}  // namespace bingefriend
