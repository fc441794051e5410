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

std::unique_ptr<Kept> open_kept(const FetchOptions& options, IngestReport& report) {
    auto kept = std::make_unique<Kept>(options.keep_in, report.source);
    if (kept->was_damaged()) {
        report.warnings.push_back(
            fmt::format("what was kept in {} was damaged and is fetched anew", options.keep_in.string()));
    }
    if (options.fresh) {
        kept->forget();
    }
    return kept;
}

std::int64_t current_run(Kept& kept, const FetchOptions& options) {
    return kept.run(options.http.clock.now(), options.resume_within);
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

Catalogue PageReader::catalogue(const Kept& kept) && {
    Catalogue catalogue = std::move(builder_).build(report_);
    const std::optional<std::size_t> last = kept.shows_of_last_run();
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

void conclude_fetch(const FetchOptions& options, const IngestReport& report) {
    if (report.pages == 0 || options.keep_in.empty()) {
        return;
    }
    Kept kept(options.keep_in, report.source);
    const bool whole = !options.max_shows;
    kept.end_run(whole ? std::optional(report.records - report.rejected - report.duplicates) : std::nullopt);
    if (is_show_service(report.source)) {
        kept.erase_from(Kept::Kind::page, 0);
    }
}

}  // namespace bingefriend
