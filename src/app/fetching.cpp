#include "app/fetching.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>

#include "app/sample.hpp"
#include "base/error.hpp"
#include "base/shown_url.hpp"

namespace bingefriend {
namespace {

std::int64_t whole_number(const Environment& environment, SettingKey key, std::int64_t least,
                          std::int64_t most) {
    const std::string text = environment.value_or_default(key);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most) {
        throw Error(ErrorKind::usage, fmt::format("{} cannot be used", key.setting().key), "",
                    fmt::format("give a whole number from {} to {}", least, most));
    }
    return number;
}

std::chrono::milliseconds milliseconds(const Environment& environment, SettingKey key, std::int64_t least) {
    return std::chrono::milliseconds(whole_number(environment, key, least, 86'400'000));
}

}  // namespace

FetchOptions fetch_options(const Options& options, const Environment& environment) {
    FetchOptions fetch;
    fetch.max_shows = options.max_shows;
    fetch.batch_size = options.batch_size;
    fetch.keep_in = options.data_dir / "fetch";
    fetch.fresh = options.fresh;
    fetch.resume_within = std::chrono::hours(whole_number(environment, "FETCH_RESUME_HOURS", 0, 100'000));
    fetch.in_flight = static_cast<std::size_t>(whole_number(environment, "FETCH_IN_FLIGHT", 1, 64));
    fetch.tvmaze_calls =
        static_cast<std::size_t>(whole_number(environment, "TVMAZE_CALLS_PER_10_S", 1, 1'000'000));
    HttpSettings& http = fetch.http;
    http.stop = options.stop;
    http.max_body_bytes = static_cast<std::uint64_t>(
        whole_number(environment, "FETCH_MAX_ANSWER_BYTES", 1, std::int64_t{1} << 30));
    http.connect_timeout = milliseconds(environment, "FETCH_CONNECT_TIMEOUT_MS", 1);
    http.stall_timeout = milliseconds(environment, "FETCH_STALL_TIMEOUT_MS", 1);
    http.total_timeout = milliseconds(environment, "FETCH_TOTAL_TIMEOUT_MS", 1);
    http.retry.attempts = static_cast<std::size_t>(whole_number(environment, "FETCH_ATTEMPTS", 1, 100));
    http.retry.first_pause = milliseconds(environment, "FETCH_FIRST_PAUSE_MS", 0);
    http.retry.max_pause = milliseconds(environment, "FETCH_LONGEST_PAUSE_MS", 0);
    return fetch;
}

std::optional<Secret> season_source(const SourceChoice& source, const Options& options,
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
                    "give it with --season-service-url or SEASON_SERVICE_URL, or leave --with-seasons out");
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
    return fetch_bytes(sample_catalogue(), "the sample catalogue", options, progress);
}

void note(const Seasons& seasons, IngestReport& report) {
    report.with_seasons = seasons.summaries.size();
    report.without_seasons = seasons.missing;
    report.retries += seasons.retries;
    if (!seasons.stopped.empty()) {
        report.warnings.push_back(fmt::format(
            "the season service failed too often in a row and was not asked on: {}", seasons.stopped));
    }
}

}  // namespace bingefriend
