#include "app/blob_storage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>
#include <utility>

#include "app/data_folder.hpp"
#include "app/interruption.hpp"
#include "app/log.hpp"
#include "app/progress_line.hpp"
#include "azure/feature_blobs.hpp"
#include "base/error.hpp"
#include "base/shown_url.hpp"

namespace bingefriend {
namespace {

std::optional<Secret> connection_string(const Options& options, const Environment& environment) {
    return options.connection_string ? options.connection_string
                                     : environment.secret("AZURE_STORAGE_CONNECTION_STRING");
}

BlobContainer container(const Options& options, const Environment& environment) {
    const std::optional<Secret> text = connection_string(options, environment);
    if (!text) {
        throw Error(ErrorKind::usage, "blob storage has no address", "",
                    "give AZURE_STORAGE_CONNECTION_STRING or --connection-string");
    }
    BlobSettings settings;
    settings.http.stop = options.stop;
    settings.identity.metadata_host =
        environment.secret_or_default("AZURE_POD_IDENTITY_AUTHORITY_HOST").reveal();
    require_clear_url(settings.identity.metadata_host, "AZURE_POD_IDENTITY_AUTHORITY_HOST");
    settings.identity.client_id = environment.value_or_default("AZURE_CLIENT_ID");
    return BlobContainer(BlobAccount::parse(text->reveal()),
                         options.container_name ? *options.container_name
                                                : environment.value_or_default("STORAGE_CONTAINER_NAME"),
                         std::move(settings));
}

std::string told(const char* what, const TransferReport& report, const std::string& place) {
    for (const std::string& warning : report.warnings) {
        spdlog::warn("{}", warning);
    }
    return fmt::format("{}: run {} {}, {} files, {}{}", what, report.run, place, report.files,
                       with_unit(report.bytes),
                       report.retries == 0 ? "" : fmt::format(", {} requests asked again", report.retries));
}

}  // namespace

bool pipeline_uploads(const Options& options, const Environment& environment) {
    const std::optional<std::string> wish = environment.value("USE_BLOB_STORAGE");
    if (!(wish ? yes_or_no(*wish, "USE_BLOB_STORAGE")
               : connection_string(options, environment).has_value())) {
        return false;
    }
    (void)container(options, environment);
    (void)blob_prefix(options.blob_prefix);
    return true;
}

std::string upload(const Options& options, const Environment& environment, const Progress& progress) {
    const std::string prefix = blob_prefix(options.blob_prefix);
    BlobContainer target = container(options, environment);
    const TransferReport report = upload_features(options.data_dir, target, prefix, progress);
    return told("uploaded", report, "to " + target.place(prefix));
}

void run_upload(const Options& options, const Environment& environment) {
    const DataFolder folder(options, Hold::shared);
    ProgressLine line("upload", ProgressUnit::bytes);
    const std::string done = upload(options, environment, until_stopped(options.stop, std::ref(line)));
    say(fmt::format("{} ({:.2f} s)", done, line.seconds()));
}

void run_download(const Options& options, const Environment& environment) {
    const std::string prefix = blob_prefix(options.blob_prefix);
    BlobContainer source = container(options, environment);
    const DataFolder folder(options, Hold::exclusive);
    ProgressLine line("download", ProgressUnit::bytes);
    const TransferReport report =
        download_features(source, prefix, options.data_dir, until_stopped(options.stop, std::ref(line)));
    const std::string done =
        told("downloaded", report,
             fmt::format("from {} into {}", source.place(prefix), options.data_dir.string()));
    say(fmt::format("{} ({:.2f} s)", done, line.seconds()));
}

}  // namespace bingefriend
