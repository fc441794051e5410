#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "azure/feature_blobs.hpp"
#include "azure/run_blobs.hpp"
#include "azure/run_manifest.hpp"
#include "base/atomic_file.hpp"
#include "base/digests.hpp"
#include "base/error.hpp"
#include "files/download_folder.hpp"
#include "files/feature_files.hpp"
#include "files/file_shapes.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;

constexpr int max_downloads = 10;

void check_names_all_files(const RunManifest& manifest, const std::string& where) {
    for (const FeatureFile feature_file : all_feature_files) {
        const std::string_view name = name_of(feature_file);
        const std::string other = other_form_of_feature_file(name);
        if (std::none_of(manifest.files.begin(), manifest.files.end(),
                         [&](const ManifestFile& file) { return file.name == name || file.name == other; })) {
            throw Error(ErrorKind::input, "the manifest cannot be used", where,
                        fmt::format("it does not name {}: run `bingefriend upload` again", name));
        }
    }
}

// False if the blob is gone.
bool fetched_file(BlobContainer& container, const std::string& blob, const ManifestFile& file,
                  const path& place, const std::function<void(std::size_t)>& received) {
    const auto refuse = [&](std::string_view what) {
        throw Error(ErrorKind::input, "a file is not what the manifest says", container.place(blob),
                    fmt::format("{}: run `bingefriend upload` again; nothing was changed here", what));
    };
    AtomicFile target(place);
    Digest digest(DigestKind::sha256);
    std::uint64_t size = 0;
    const auto properties = container.get(blob, [&](std::string_view piece) {
        size += piece.size();
        if (size > file.size) {
            refuse(fmt::format("it is larger than {} bytes", file.size));
        }
        digest.update(piece);
        target.write(piece);
        received(piece.size());
    });
    if (!properties) {
        return false;
    }
    if (size != file.size) {
        refuse(fmt::format("it has {} bytes where {} were expected", size, file.size));
    }
    if (hex(digest.raw()) != file.sha256) {
        refuse("its SHA-256 is another");
    }
    target.commit();
    const bool is_feature_file =
        std::any_of(all_feature_files.begin(), all_feature_files.end(), [&](FeatureFile feature_file) {
            const std::string_view name = name_of(feature_file);
            return file.name == name || file.name == other_form_of_feature_file(name);
        });
    if (is_feature_file && shape_of_file(place) != file.shape) {
        refuse("its shape is another");
    }
    return true;
}

// Every file matches the manifest, but the manifest itself may list files of two runs.
void check_downloads(const DownloadFolder& downloads, const path& folder, const std::string& where,
                     TransferReport& report) {
    try {
        if (!check_features(downloads.path())) {
            report.warnings.push_back(no_digest_warning(folder));
        }
    } catch (const Error& error) {
        throw Error(
            ErrorKind::input, "the files of the uploaded run cannot be used", where,
            fmt::format("{}: run `bingefriend upload` again; nothing was changed here", error.what()));
    }
}

}  // namespace

TransferReport download_features(BlobContainer& container, const std::string& prefix, const path& folder,
                                 const Progress& progress) {
    const std::string blob = manifest_blob(prefix);
    DownloadFolder downloads(folder);
    for (int attempt = 0; attempt < max_downloads; ++attempt) {
        const auto current = manifest_of(container, blob);
        if (!current) {
            throw Error(ErrorKind::input, "there is nothing to download", container.place(blob),
                        "run `bingefriend upload` first, or check STORAGE_CONTAINER_NAME and --blob-prefix");
        }
        const RunManifest manifest = parse_manifest(current->text, container.place(blob));
        check_names_all_files(manifest, container.place(blob));
        std::uint64_t total = 0;
        for (const ManifestFile& file : manifest.files) {
            total += file.size;
        }
        TransferReport report{.run = manifest.run, .files = manifest.files.size()};
        const bool whole =
            std::all_of(manifest.files.begin(), manifest.files.end(), [&](const ManifestFile& file) {
                return fetched_file(container, run_blob(prefix, manifest.run, file.name), file,
                                    downloads.place_of(file.name), [&](std::size_t bytes) {
                                        report.bytes += bytes;
                                        progress(report.bytes, total);
                                    });
            });
        if (whole) {
            check_downloads(downloads, folder, container.place(blob), report);
            std::vector<std::string> names;
            std::vector<std::string> stale;
            for (const ManifestFile& file : manifest.files) {
                names.push_back(file.name);
                if (std::string other = other_form_of_feature_file(file.name); !other.empty()) {
                    stale.push_back(std::move(other));
                }
            }
            downloads.put_in_place(names, std::string(name_of(FeatureFile::vectorizer)), stale);
            report.retries = container.retries();
            return report;
        }
        // A run that is gone was followed by others: the manifest names a newer one by now.
    }
    throw Error(ErrorKind::unavailable, "files that the manifest names are gone", container.place(blob),
                "run `bingefriend upload` again");
}

}  // namespace bingefriend
