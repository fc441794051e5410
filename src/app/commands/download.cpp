#include <fmt/format.h>

#include <functional>

#include "app/blob_storage.hpp"
#include "app/commands/command.hpp"
#include "console/log.hpp"
#include "console/progress_line.hpp"

namespace bingefriend {
namespace {

struct DownloadOptions {
    StorageOptions storage;
    JobOptions job;
};

void add_options(OptionList& list, DownloadOptions& options) {
    add_options(list, options.storage);
    add_options(list, options.job, "Folder where the catalogue and the feature files are written");
}

void run_download(const DownloadOptions& options, const Job& job) {
    const DataFolder folder(job, Hold::exclusive);
    ProgressLine line("download", ProgressUnit::bytes);
    const std::string summary = download(options.storage, job, until_stopped(job.stop(), std::ref(line)));
    print_status(fmt::format("{} ({:.2f} s)", summary, line.seconds()));
}

}  // namespace

Command download_command() {
    return make_job("download", "Copy the last upload from blob storage and verify it", run_download);
}

}  // namespace bingefriend
