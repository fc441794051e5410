#include <fmt/format.h>

#include <functional>

#include "app/blob_storage.hpp"
#include "app/commands/command.hpp"
#include "console/log.hpp"
#include "console/progress_line.hpp"

namespace bingefriend {
namespace {

struct UploadOptions {
    StorageOptions storage;
    JobOptions job;
};

void add_options(OptionList& list, UploadOptions& options) {
    add_options(list, options.storage);
    add_options(list, options.job, "Folder of the catalogue and the feature files");
}

void run_upload(const UploadOptions& options, const Job& job) {
    const DataFolder folder(job, Hold::shared);
    ProgressLine line("upload", ProgressUnit::bytes);
    const std::string summary = upload(options.storage, job, until_stopped(job.stop(), std::ref(line)));
    print_status(fmt::format("{} ({:.2f} s)", summary, line.seconds()));
}

}  // namespace

Command upload_command() {
    return make_job("upload", "Copy the feature files to blob storage, as one upload", run_upload);
}

}  // namespace bingefriend
