// The feature files to and from blob storage: upload, download, and the upload within a pipeline.
#pragma once

#include <string>

#include "app/settings.hpp"
#include "base/progress.hpp"

namespace bingefriend {

// USE_BLOB_STORAGE, else whether a connection string is set.  Throws Error{usage} where it is no yes or no,
// or where the upload is wanted and what it needs is missing or wrong.
[[nodiscard]] bool pipeline_uploads(const Options& options, const Environment& environment);

// Uploads the feature files of the data folder, with progress in bytes; what it did, for people.
[[nodiscard]] std::string upload(const Options& options, const Environment& environment,
                                 const Progress& progress);

void run_upload(const Options& options, const Environment& environment);
void run_download(const Options& options, const Environment& environment);

}  // namespace bingefriend
