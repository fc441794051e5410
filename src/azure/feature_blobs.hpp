// The feature files in a blob container: one run as a whole, or none.
//
//   PREFIX/runs/RUN/NAME    the files of a run; written once, never changed
//   PREFIX/manifest.json    which run is the current one, and what its files hold; written last
//   PREFIX/NAME             copies of the newest files, for those who look for the plain names
//
// An upload that dies leaves the manifest as it was.  Of two uploads at once, both runs are whole and the
// manifest names the later one.  docs/operating/blob-storage.md is the page for operators.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "azure/blob_container.hpp"
#include "base/progress.hpp"

namespace bingefriend {

struct TransferReport {
    std::string run;
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    std::size_t retries = 0;       // repeated requests
    std::size_t runs_removed = 0;  // old runs, by upload
    // What people should know though the files arrived: that old runs could not be removed, or that the
    // files have no digest.
    std::vector<std::string> warnings;
};

// "a/b" without slashes at its ends; empty: the root of the container.
// Throws Error{usage} if it would leave the container or has characters that make trouble.
[[nodiscard]] std::string blob_prefix(std::string_view text);

// Uploads the feature files of the folder as a new run, makes it the current one, and removes runs that
// are neither the current nor the one before and older than a day.  Progress in bytes.
// Memory: the features, and one chunk of the container's settings.
// Throws Error{input} if the files do not belong together (feature_files.hpp), before anything is sent.
TransferReport upload_features(const std::filesystem::path& folder, BlobContainer& container,
                               const std::string& prefix, const Progress& progress = no_progress);

// Downloads the current run into the folder: all its files, each as its manifest says, or nothing.
// REQUIRES: this process holds the folder's DataLock.  Throws Error{input} if a file is not what the
// manifest says or the files do not belong together.
TransferReport download_features(BlobContainer& container, const std::string& prefix,
                                 const std::filesystem::path& folder, const Progress& progress = no_progress);

}  // namespace bingefriend
