#include "azure/run_blobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "azure/feature_blobs.hpp"
#include "azure/run_manifest.hpp"
#include "base/error.hpp"

namespace bingefriend {

std::string blob_at(const std::string& prefix, std::string_view name) {
    return prefix.empty() ? std::string(name) : fmt::format("{}/{}", prefix, name);
}

std::string manifest_blob(const std::string& prefix) {
    return blob_at(prefix, "manifest.json");
}

std::string run_blob(const std::string& prefix, std::string_view run, std::string_view name) {
    return blob_at(prefix, fmt::format("runs/{}/{}", run, name));
}

std::optional<ManifestBlob> manifest_of(BlobContainer& container, const std::string& blob) {
    std::optional<BlobProperties> found = container.head(blob);
    std::string text;
    if (found && found->size <= max_manifest_bytes) {
        found = container.get(blob, [&](std::string_view piece) { text += piece; });
    }
    return found ? std::optional(ManifestBlob{std::move(text), found->etag}) : std::nullopt;
}

std::string blob_prefix(std::string_view text) {
    while (text.starts_with('/')) {
        text.remove_prefix(1);
    }
    while (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    const auto refuse = [&] {
        throw Error(ErrorKind::usage, "the blob prefix cannot be used", text,
                    "give names of letters, digits, '-', '_', '.' with '/' between them");
    };
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view step = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(step.size() + 1, rest.size()));
        if (step.empty() || step == "." || step == ".." || text.size() > 500 ||
            step.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. ") !=
                std::string_view::npos) {
            refuse();
        }
    }
    return std::string(text);
}

}  // namespace bingefriend
