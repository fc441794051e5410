#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>
#include <utility>
#include <vector>

#include "azure/feature_blobs.hpp"
#include "azure/run_blobs.hpp"
#include "azure/run_manifest.hpp"
#include "base/digests.hpp"
#include "base/error.hpp"
#include "base/times.hpp"
#include "files/feature_files.hpp"
#include "files/file_shapes.hpp"
#include "files/refuse.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;
using TimePoint = std::chrono::system_clock::time_point;

constexpr int max_tries = 10;
constexpr std::chrono::hours younger_runs_stay{24};

struct OpenFile {
    std::string name;
    std::ifstream stream;
    std::uint64_t size = 0;
    std::vector<std::uint64_t> shape;
};

// In the order of all_feature_files. All are opened before any is read, so that they never mix with the files
// of another run.
std::vector<OpenFile> opened_files(const path& folder) {
    std::vector<OpenFile> files;
    for (const FeatureFile feature_file : all_feature_files) {
        const std::string name = feature_file_in(folder, feature_file);
        OpenFile file{.name = name, .stream = std::ifstream(folder / name, std::ios::binary)};
        if (!file.stream) {
            refuse_file((folder / name).string(), "it is not there or may not be read");
        }
        files.push_back(std::move(file));
    }
    for (OpenFile& file : files) {
        file.size = std::filesystem::file_size(folder / file.name);
        file.shape = shape_of_file(folder / file.name);
    }
    return files;
}

// A download of files that do not belong together would be useless.
void check_they_belong_together(const path& folder, const std::vector<OpenFile>& files) {
    const auto opened = [&](FeatureFile file) -> const OpenFile& {
        return files[static_cast<std::size_t>(file)];
    };
    const std::uint64_t shows = opened(FeatureFile::catalogue).shape.at(0);
    const std::vector<std::uint64_t>& columns = opened(FeatureFile::encoder).shape;
    const std::vector<std::uint64_t>& terms = opened(FeatureFile::vectorizer).shape;
    const auto check = [&](FeatureFile file, std::uint64_t wanted_columns) {
        if (opened(file).shape != std::vector{shows, wanted_columns}) {
            refuse_file((folder / opened(file).name).string(),
                        fmt::format("its shape is not {} shows × {} columns, as the other files say", shows,
                                    wanted_columns));
        }
    };
    if (columns.size() != 4 || terms.size() != 1) {
        refuse_file((folder / opened(FeatureFile::encoder).name).string(), "it is not the JSON expected");
    }
    check(FeatureFile::genres, columns[0]);
    check(FeatureFile::text, terms[0]);
    check(FeatureFile::platforms, columns[1]);
    check(FeatureFile::types, columns[2]);
    check(FeatureFile::languages, columns[3]);
}

ManifestFile uploaded_file(BlobContainer& container, const std::string& blob, OpenFile& file,
                           const std::function<void(std::size_t)>& sent) {
    ManifestFile entry{.name = file.name, .shape = file.shape};
    Digest digest(DigestKind::sha256);
    container.put(blob, [&](std::span<char> buffer) {
        file.stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const auto got = static_cast<std::size_t>(file.stream.gcount());
        digest.update({buffer.data(), got});
        entry.size += got;
        sent(got);
        return got;
    });
    if (file.stream.bad() || entry.size != file.size) {
        refuse_file(file.name, "it changed while it was being uploaded");
    }
    entry.sha256 = hex(digest.raw());
    return entry;
}

// A matrix that was dense in the run before and is sparse now leaves no old copy, nor the other way round.
void remove_other_form(BlobContainer& container, const std::string& prefix, std::string_view name) {
    const std::string other = other_form_of_feature_file(name);
    if (!other.empty() && container.head(blob_at(prefix, other))) {
        container.remove(blob_at(prefix, other));
    }
}

// Makes the run the current one.  Whoever changed the manifest meanwhile may have left copies of other
// files under the plain names, so they are made again.
void publish(BlobContainer& container, const std::string& prefix, RunManifest& manifest) {
    const std::string blob = manifest_blob(prefix);
    for (int attempt = 0; attempt < max_tries; ++attempt) {
        const auto current = manifest_of(container, blob);
        manifest.previous.clear();
        if (current) {
            try {
                manifest.previous = parse_manifest(current->text, container.place(blob)).run;
            } catch (const Error&) {  // what nobody can read is replaced
            }
        }
        if (manifest.previous == manifest.run) {  // an earlier attempt arrived, but its answer did not
            return;
        }
        for (const ManifestFile& file : manifest.files) {
            container.copy(run_blob(prefix, manifest.run, file.name), blob_at(prefix, file.name));
            remove_other_form(container, prefix, file.name);
        }
        const BlobCondition unchanged{.etag = current ? current->etag : "", .absent = !current};
        if (container.put_if(blob, manifest_json(manifest), unchanged)) {
            return;
        }
    }
    throw Error(ErrorKind::conflict, "other uploads keep changing the manifest", container.place(blob),
                "let one upload run at a time");
}

std::size_t remove_old_runs(BlobContainer& container, const std::string& prefix,
                            const RunManifest& manifest) {
    const std::string folder = blob_at(prefix, "runs/");
    const std::string oldest = compact_iso_time(container.now() - younger_runs_stay);
    std::set<std::string> removed;
    for (const BlobProperties& blob : container.list(folder)) {
        const std::string run =
            blob.name.substr(folder.size(), blob.name.find('/', folder.size()) - folder.size());
        if (run != manifest.run && run != manifest.previous && run < oldest) {
            container.remove(blob.name);
            removed.insert(run);
        }
    }
    return removed.size();
}

}  // namespace

TransferReport upload_features(const path& folder, BlobContainer& container, const std::string& prefix,
                               const Progress& progress) {
    std::vector<OpenFile> files = opened_files(folder);
    check_they_belong_together(folder, files);
    const bool has_digest = check_features(folder);
    std::uint64_t total = 0;
    for (const OpenFile& file : files) {
        total += file.size;
    }
    TransferReport report{.run = compact_iso_time(container.now()) + '-' + hex(random_bytes(4)),
                          .files = files.size()};
    if (!has_digest) {
        report.warnings.push_back(no_digest_warning(folder));
    }
    RunManifest manifest{.run = report.run, .created_at = iso_time(container.now())};
    container.create();
    for (OpenFile& file : files) {
        manifest.files.push_back(
            uploaded_file(container, run_blob(prefix, report.run, file.name), file, [&](std::size_t bytes) {
                report.bytes += bytes;
                progress(report.bytes, total);
            }));
    }
    publish(container, prefix, manifest);
    try {
        report.runs_removed = remove_old_runs(container, prefix, manifest);
    } catch (const Error& error) {  // the upload is done: what lies about too long harms nobody
        report.warnings.push_back(fmt::format("old runs were not removed: {}", error.what()));
    }
    report.retries = container.retries();
    return report;
}

}  // namespace bingefriend
