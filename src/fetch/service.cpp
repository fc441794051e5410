#include "fetch/service.hpp"

#include <fmt/format.h>

#include <chrono>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "fetch/json_shows.hpp"

namespace bingefriend {
namespace {

// A catalogue loses shows now and then, not a tenth of them in a week.
constexpr double min_share_of_last_run = 0.9;

constexpr std::string_view show_service = "show service ";

bool is_show_service(std::string_view source) {
    return source.starts_with(show_service);
}

}  // namespace

std::string show_service_name(std::string_view base_url) {
    std::string_view base = base_url;
    base.remove_suffix(base.ends_with("/api") ? 4 : 0);
    return fmt::format("{}{}", show_service, without_secrets(base));
}

std::string base_of(std::string_view url) {
    while (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    return std::string(url);
}

std::unique_ptr<FetchCache> open_cache(const FetchOptions& options, IngestReport& report) {
    auto cache = std::make_unique<FetchCache>(options.cache_dir, report.source);
    if (cache->was_corrupt()) {
        report.warnings.push_back(fmt::format("the cache in {} was corrupt: everything is fetched again",
                                              options.cache_dir.string()));
    }
    if (options.fresh) {
        cache->clear();
    }
    return cache;
}

std::int64_t current_fetch(FetchCache& cache, const FetchOptions& options) {
    return cache.current_fetch(options.http.clock.now(), options.resume_within);
}

void PageReader::read(std::string_view array, std::string_view place) {
    const std::size_t known = builder_.distinct();
    read_json_shows(
        [&array](std::span<char> buffer) {
            const std::size_t n = array.copy(buffer.data(), buffer.size());
            array.remove_prefix(n);
            return n;
        },
        fmt::format("{}, ", place), wanted(), builder_, report_, progress_);
    pages_without_new_shows_ = builder_.distinct() > known ? 0 : pages_without_new_shows_ + 1;
    if (pages_without_new_shows_ == max_pages_without_new_shows) {
        throw Error(ErrorKind::unavailable, "the catalogue does not end", report_.source,
                    fmt::format("{} pages in a row up to {} had no new show: check the address",
                                max_pages_without_new_shows, place));
    }
    if (builder_.distinct() > max_shows_of_a_service) {
        throw Error(ErrorKind::unavailable, "the catalogue does not end", report_.source,
                    fmt::format("it has more than {} shows: check the address", max_shows_of_a_service));
    }
}

std::optional<std::size_t> PageReader::wanted() const {
    return options_.max_shows ? std::optional(*options_.max_shows - builder_.size()) : std::nullopt;
}

Catalogue PageReader::catalogue(const FetchCache& cache) && {
    Catalogue catalogue = std::move(builder_).build(report_);
    const std::optional<std::size_t> last = cache.shows_of_last_fetch();
    const std::size_t shows = catalogue.shows.size();
    if (!options_.max_shows && last &&
        static_cast<double>(shows) < min_share_of_last_run * static_cast<double>(*last)) {
        throw Error(
            ErrorKind::input, "the catalogue ends too early", report_.source,
            fmt::format("it has {} shows where the last fetch had {}, and nothing was changed: see whether "
                        "the service is well, or run with --fresh where so many shows are truly gone",
                        shows, *last));
    }
    return catalogue;
}

void finish_fetch(const FetchOptions& options, const IngestReport& report) {
    if (report.pages == 0 || options.cache_dir.empty()) {
        return;
    }
    FetchCache cache(options.cache_dir, report.source);
    const bool whole = !options.max_shows;
    cache.end_fetch(whole ? std::optional(report.records - report.rejected - report.duplicates)
                          : std::nullopt);
    if (is_show_service(report.source)) {
        cache.erase_from(FetchCache::Kind::page, 0);
    }
}

}  // namespace bingefriend
