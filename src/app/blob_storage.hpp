// The feature files to and from blob storage, with the container that options and settings name.
#pragma once

#include <string>

#include "app/job.hpp"
#include "app/options.hpp"
#include "base/progress.hpp"

namespace bingefriend {

// Returns USE_BLOB_STORAGE, else whether there is a connection string. Throws Error{usage} if that is neither
// true nor false, or if a pipeline would upload and a setting for that is missing or invalid.
[[nodiscard]] bool pipeline_uploads(const StorageOptions& options, const Job& job);

// Both report progress in bytes and return a summary for people.
[[nodiscard]] std::string upload(const StorageOptions& options, const Job& job, const Progress& progress);
[[nodiscard]] std::string download(const StorageOptions& options, const Job& job, const Progress& progress);

}  // namespace bingefriend
