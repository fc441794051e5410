// Parses a manifest; an accepted one stays the same when it is written and read again.
#include "azure/run_manifest.hpp"
#include "fuzz.hpp"

namespace bingefriend {

void try_input(std::string_view input) {
    const RunManifest manifest = parse_manifest(input, "input");
    if (parse_manifest(manifest_json(manifest), "again") != manifest) {
        __builtin_trap();
    }
    for (const ManifestFile& file : manifest.files) {
        if (file.name.find('/') != std::string::npos || file.name.starts_with('.')) {
            __builtin_trap();
        }
    }
}

}  // namespace bingefriend
