// Pages of a show service -> shows.
#include <fmt/format.h>
#include <simdjson.h>

#include <optional>
#include <string>
#include <utility>

#include "domain/error.hpp"
#include "fetch/fetch.hpp"
#include "fetch/json_shows.hpp"
#include "fetch/show_service.hpp"

namespace bingefriend {
namespace {

// An empty page is what the service answers when its database fails: it is asked for so often
// before it is believed.
constexpr std::size_t empty_pages_to_believe = 3;

struct Page {
    std::string_view shows;  // the array, within the body
    std::size_t size = 0;
};

// None where the body is not {"shows": [...], ...}.
std::optional<Page> page_in(const std::string& body) {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array shows;
    Page page;
    const simdjson::padded_string_view padded(body.data(), body.size(), body.capacity());
    const bool is_page = parser.iterate(padded).get(document) == simdjson::SUCCESS &&
                         document["shows"].get_array().get(shows) == simdjson::SUCCESS &&
                         shows.count_elements().get(page.size) == simdjson::SUCCESS &&
                         shows.raw_json().get(page.shows) == simdjson::SUCCESS;
    return is_page ? std::optional(page) : std::nullopt;
}

class ShowService {
  public:
    ShowService(std::string_view base_url, const HttpSettings& settings) : client_(settings) {
        while (base_url.ends_with('/')) {
            base_url.remove_suffix(1);
        }
        base_ = base_url;
    }

    // The body of a page.  Where the first answer is 404, the same is tried below /api.
    std::string page(std::size_t offset, std::size_t limit) {
        HttpResponse response = ask(offset, limit);
        if (response.status == 404 && offset == 0 && !base_.ends_with("/api")) {
            base_ += "/api";
            response = ask(offset, limit);
        }
        if (response.status != 200) {
            throw Error(ErrorKind::unavailable, "cannot fetch", without_secrets(url(offset, limit)),
                        fmt::format("it answered status {}: check SHOW_SERVICE_URL", response.status));
        }
        return std::move(response.body);
    }

    [[nodiscard]] const std::string& base() const noexcept { return base_; }
    [[nodiscard]] std::size_t retries() const noexcept { return retries_; }

  private:
    [[nodiscard]] std::string url(std::size_t offset, std::size_t limit) const {
        return fmt::format("{}/get_shows_bulk?offset={}&limit={}", base_, offset, limit);
    }

    HttpResponse ask(std::size_t offset, std::size_t limit) {
        std::size_t empty = 0;
        HttpResponse answer = client_.get(url(offset, limit), [&](HttpResponse& response) -> std::string {
            response.body.reserve(response.body.size() + simdjson::SIMDJSON_PADDING);
            const std::optional<Page> page = page_in(response.body);
            if (!page) {
                return "it answered something else than a page of shows";
            }
            return page->size == 0 && ++empty < empty_pages_to_believe ? "it answered an empty page" : "";
        });
        retries_ += answer.retries;
        return answer;
    }

    HttpClient client_;
    std::string base_;
    std::size_t retries_ = 0;
};

}  // namespace

Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options, const Progress& progress,
                          const HttpSettings& settings) {
    ShowService service(base_url, settings);
    CatalogueBuilder builder;
    Ingest ingest;
    IngestReport& report = ingest.report;
    for (std::size_t offset = 0; !options.max_shows || builder.size() < *options.max_shows;) {
        const std::string body = service.page(offset, options.batch_size);
        const Page page = page_in(body).value();
        ++report.pages;
        if (page.size == 0) {
            if (offset == 0) {
                throw Error(ErrorKind::unavailable, "the show service answered an empty catalogue",
                            without_secrets(service.base()),
                            "see whether its database is well, then run again");
            }
            report.warnings.push_back(
                fmt::format("the page at offset {} was empty {} times and taken for the end", offset,
                            empty_pages_to_believe));
            break;
        }
        const auto most =
            options.max_shows ? std::optional(*options.max_shows - builder.size()) : std::nullopt;
        std::string_view rest = page.shows;
        read_json_shows(
            [&rest](std::span<char> buffer) {
                const std::size_t n = rest.copy(buffer.data(), buffer.size());
                rest.remove_prefix(n);
                return n;
            },
            fmt::format("offset {}, ", offset), most, builder, report, progress);
        if (page.size < options.batch_size) {
            break;
        }
        offset += page.size;
    }
    report.retries = service.retries();
    ingest.catalogue = std::move(builder).build(report);
    return ingest;
}

Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options, const Progress& progress) {
    return fetch_show_service(base_url, options, progress, HttpSettings{});
}

}  // namespace bingefriend
