// manifest.json: which files belong to one run, and what each must hold.  See docs/files.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct ManifestFile {
    std::string name;  // a plain file name
    std::uint64_t size = 0;
    std::string sha256;                // 64 small hexadecimal digits
    std::vector<std::uint64_t> shape;  // as shape_of_file gives it

    friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

struct RunManifest {
    std::string run;         // "20261125T091500Z-1a2b3c4d": when it was made, and a number by chance
    std::string previous;    // the run before, whose files still exist; empty for the first
    std::string created_at;  // ISO 8601, UTC
    std::vector<ManifestFile> files;

    friend bool operator==(const RunManifest&, const RunManifest&) = default;
};

constexpr std::size_t max_manifest_bytes = std::size_t{1} << 20;

[[nodiscard]] std::string manifest_json(const RunManifest& manifest);

// Throws Error{input} that names `where` if it is no manifest, is of a newer format, or holds a name
// that would leave the folder.
[[nodiscard]] RunManifest parse_manifest(std::string_view json, const std::string& where);

}  // namespace bingefriend
