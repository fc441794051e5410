// Where the blobs of uploaded runs lie: see feature_blobs.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "azure/blob_container.hpp"

namespace bingefriend {

// PREFIX/NAME; an empty prefix is the root of the container.
[[nodiscard]] std::string blob_at(const std::string& prefix, std::string_view name);
[[nodiscard]] std::string manifest_blob(const std::string& prefix);
[[nodiscard]] std::string run_blob(const std::string& prefix, std::string_view run, std::string_view name);

struct ManifestBlob {
    std::string text;  // empty if it is larger than max_manifest_bytes
    std::string etag;
};

[[nodiscard]] std::optional<ManifestBlob> manifest_of(BlobContainer& container, const std::string& blob);

}  // namespace bingefriend
