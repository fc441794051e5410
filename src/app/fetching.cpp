#include "app/fetching.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/shown_url.hpp"

// sample/catalogue.ndjson, embedded by the build.
extern "C" {
extern const char bingefriend_sample_begin[];
extern const char bingefriend_sample_end[];
}

namespace bingefriend {
namespace {

std::chrono::milliseconds milliseconds(const Environment& environment, SettingKey key, double min) {
    constexpr double day = 86'400'000;
    return std::chrono::milliseconds(environment.whole_number(key, min, day));
}

SourceChoice catalogue_file(const SourceOptions& options) {
    if (!options.catalogue) {
        throw Error(ErrorKind::usage, "--source file needs a file", "", "give it with --catalogue FILE");
    }
    if (options.catalogue->find("://") != std::string::npos) {
        throw Error(ErrorKind::usage, "--catalogue takes a file, not a URL", "",
                    "download the file first, or give a service with --show-service-url");
    }
    return {SourceKind::file, *options.catalogue, {}};
}

}  // namespace

SourceChoice source_choice(const SourceOptions& options, const Environment& environment) {
    const std::optional<Secret> url =
        options.show_service_url ? options.show_service_url : environment.secret("SHOW_SERVICE_URL");
    const std::string kind = options.kind         ? *options.kind
                             : options.catalogue  ? "file"
                             : options.tvmaze_url ? "tvmaze"
                             : url                ? "show-service"
                                                  : "sample";
    if (kind == "file") {
        return catalogue_file(options);
    }
    if (options.catalogue) {
        throw Error(ErrorKind::usage, fmt::format("--catalogue conflicts with --source {}", kind), "",
                    "remove one of them");
    }
    if (kind == "show-service") {
        if (!url) {
            throw Error(ErrorKind::usage, "the show service has no address", "",
                        "give it with --show-service-url or SHOW_SERVICE_URL");
        }
        require_clear_url(url->reveal(), "SHOW_SERVICE_URL");
        return {SourceKind::show_service, {}, *url};
    }
    if (kind == "tvmaze") {
        const Secret tvmaze =
            options.tvmaze_url ? *options.tvmaze_url : environment.secret_or_default("TVMAZE_URL");
        require_clear_url(tvmaze.reveal(), "TVMAZE_URL");
        return {SourceKind::tvmaze, {}, tvmaze};
    }
    return {};
}

std::string to_string(SourceKind kind) {
    switch (kind) {
        case SourceKind::file:
            return "file";
        case SourceKind::show_service:
            return "show-service";
        case SourceKind::tvmaze:
            return "tvmaze";
        case SourceKind::sample:
            break;
    }
    return "sample";
}

std::string shown_location(const SourceChoice& source) {
    return source.kind == SourceKind::file ? source.file : without_secrets(source.url.reveal());
}

FetchOptions fetch_options(const SourceOptions& options, const Environment& environment) {
    FetchOptions fetch;
    fetch.max_shows = options.max_shows;
    fetch.batch_size = options.batch_size;
    fetch.fresh = options.fresh;
    fetch.resume_within = std::chrono::hours(environment.whole_number("FETCH_RESUME_HOURS", 0, 100'000));
    fetch.in_flight = environment.whole_number("FETCH_IN_FLIGHT", 1, 64);
    fetch.tvmaze_calls = environment.whole_number("TVMAZE_CALLS_PER_10_S", 1, 1'000'000);
    HttpSettings& http = fetch.http;
    http.max_body_bytes = environment.whole_number("FETCH_MAX_ANSWER_BYTES", 1, 1 << 30);
    http.connect_timeout = milliseconds(environment, "FETCH_CONNECT_TIMEOUT_MS", 1);
    http.stall_timeout = milliseconds(environment, "FETCH_STALL_TIMEOUT_MS", 1);
    http.total_timeout = milliseconds(environment, "FETCH_TOTAL_TIMEOUT_MS", 1);
    http.retry.attempts = environment.whole_number("FETCH_ATTEMPTS", 1, 100);
    http.retry.first_pause = milliseconds(environment, "FETCH_FIRST_PAUSE_MS", 0);
    http.retry.max_pause = milliseconds(environment, "FETCH_LONGEST_PAUSE_MS", 0);
    return fetch;
}

std::optional<Secret> season_source(const SourceChoice& source, const SourceOptions& options,
                                    const Environment& environment) {
    if (!options.with_seasons) {
        return {};
    }
    if (const std::optional<Secret> url = options.season_service_url
                                              ? options.season_service_url
                                              : environment.secret("SEASON_SERVICE_URL")) {
        require_clear_url(url->reveal(), "SEASON_SERVICE_URL");
        return url;
    }
    if (source.kind != SourceKind::tvmaze) {
        throw Error(ErrorKind::usage, "the season service has no address", "",
                    "give it with --season-service-url or SEASON_SERVICE_URL, or remove --with-seasons");
    }
    return source.url;
}

Ingest fetch_from(const SourceChoice& source, const FetchOptions& options, const Progress& progress) {
    switch (source.kind) {
        case SourceKind::file:
            return fetch_file(source.file, options, progress);
        case SourceKind::show_service:
            return fetch_show_service(source.url.reveal(), options, progress);
        case SourceKind::tvmaze:
            return fetch_tvmaze(source.url.reveal(), options, progress);
        case SourceKind::sample:
            break;
    }
    const std::string_view sample{
        bingefriend_sample_begin,
        static_cast<std::size_t>(bingefriend_sample_end - bingefriend_sample_begin)};
    return fetch_bytes(sample, "the sample catalogue", options, progress);
}

void add_seasons(IngestReport& report, const Seasons& seasons) {
    report.with_seasons = seasons.summaries.size();
    report.without_seasons = seasons.missing;
    report.retries += seasons.retries;
    if (!seasons.stopped.empty()) {
        report.warnings.push_back(
            fmt::format("stopped asking the season service after 10 failures in a row: {}", seasons.stopped));
    }
}

}  // namespace bingefriend
