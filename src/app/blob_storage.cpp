#include "app/blob_storage.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <utility>

#include "azure/feature_blobs.hpp"
#include "base/error.hpp"
#include "base/shown_url.hpp"
#include "console/progress_line.hpp"

namespace bingefriend {
namespace {

std::optional<Secret> connection_string(const StorageOptions& options, const Environment& environment) {
    return options.connection_string ? options.connection_string
                                     : environment.secret("AZURE_STORAGE_CONNECTION_STRING");
}

BlobContainer container(const StorageOptions& options, const Job& job) {
    const Environment& environment = job.environment;
    const std::optional<Secret> text = connection_string(options, environment);
    if (!text) {
        throw Error(ErrorKind::usage, "blob storage has no address", "",
                    "give AZURE_STORAGE_CONNECTION_STRING or --connection-string");
    }
    BlobSettings settings;
    settings.http.stop = job.stop();
    settings.identity.metadata_host =
        environment.secret_or_default("AZURE_POD_IDENTITY_AUTHORITY_HOST").reveal();
    require_clear_url(settings.identity.metadata_host, "AZURE_POD_IDENTITY_AUTHORITY_HOST");
    settings.identity.client_id = environment.value_or_default("AZURE_CLIENT_ID");
    return BlobContainer(BlobAccount::parse(text->reveal()),
                         options.container_name ? *options.container_name
                                                : environment.value_or_default("STORAGE_CONTAINER_NAME"),
                         std::move(settings));
}

std::string transfer_summary(const char* action, const TransferReport& report, const std::string& location) {
    for (const std::string& warning : report.warnings) {
        spdlog::warn("{}", warning);
    }
    return fmt::format("{}: run {} {}, {} files, {}{}", action, report.run, location, report.files,
                       with_unit(report.bytes),
                       report.retries == 0 ? "" : fmt::format(", {} retries", report.retries));
}

}  // namespace

bool pipeline_uploads(const StorageOptions& options, const Job& job) {
    const std::optional<std::string> wish = job.environment.value("USE_BLOB_STORAGE");
    if (!(wish ? yes_or_no(*wish, "USE_BLOB_STORAGE")
               : connection_string(options, job.environment).has_value())) {
        return false;
    }
    (void)container(options, job);
    (void)blob_prefix(options.blob_prefix);
    return true;
}

std::string upload(const StorageOptions& options, const Job& job, const Progress& progress) {
    const std::string prefix = blob_prefix(options.blob_prefix);
    BlobContainer target = container(options, job);
    const TransferReport report = upload_features(job.data_dir, target, prefix, progress);
    return transfer_summary("uploaded", report, "to " + target.place(prefix));
}

std::string download(const StorageOptions& options, const Job& job, const Progress& progress) {
    const std::string prefix = blob_prefix(options.blob_prefix);
    BlobContainer source = container(options, job);
    const TransferReport report = download_features(source, prefix, job.data_dir, progress);
    return transfer_summary("downloaded", report,
                            fmt::format("from {} into {}", source.place(prefix), job.data_dir.string()));
}

}  // namespace bingefriend
