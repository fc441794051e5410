// Pages of a show service -> shows.
#include <fmt/format.h>

#include <atomic>
#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "fetch/fetch.hpp"
#include "fetch/fetch_cache.hpp"
#include "fetch/page_json.hpp"
#include "fetch/service.hpp"
#include "net/in_order.hpp"

namespace bingefriend {
namespace {

struct Page {
    std::string body;
    std::size_t size = 0;
    std::size_t retries = 0;
    bool cached = false;
};

// The pages by number, from the disk or from the service; used by many threads.
class Pages {
  public:
    Pages(std::string_view base_url, std::size_t limit, FetchCache& cache, std::int64_t run)
        : base_(base_of(base_url)), limit_(limit), cache_(cache), run_(run) {}

    // Only full pages are cached. Whether another page is complete is known only at the end.
    [[nodiscard]] Page page(std::size_t number, HttpClient& client) {
        if (std::optional<Page> page = cached_page(number)) {
            return std::move(*page);
        }
        return ask(number, client, [](std::size_t) { return std::string(); });
    }

    // Asks until `doubt`, which sees the size of the page, has no words for it.
    template <typename Doubt>
    [[nodiscard]] Page ask(std::size_t number, HttpClient& client, Doubt doubt) {
        Page page;
        const bool below_api = below_api_;
        HttpResponse response = client.send(request(number, below_api, page, doubt));
        if (response.status == 404 && !below_api && !base_.ends_with("/api")) {
            response = client.send(request(number, true, page, doubt));
            if (response.status == 200) {
                below_api_ = true;
            }
        }
        if (response.status != 200) {
            throw Error(ErrorKind::unavailable, "cannot fetch " + subject(number), without_secrets(base_),
                        fmt::format("it answered status {}: check SHOW_SERVICE_URL", response.status));
        }
        page.body = std::move(response.body);
        page.retries = response.retries;
        if (page.size == limit_) {
            cache_.put(FetchCache::Kind::page, offset(number), run_, page.body);
        }
        return page;
    }

    [[nodiscard]] std::int64_t offset(std::size_t number) const {
        return static_cast<std::int64_t>(number * limit_);
    }

  private:
    [[nodiscard]] std::string subject(std::size_t number) const {
        return fmt::format("the page at offset {}", offset(number));
    }
    [[nodiscard]] std::string url(std::size_t number, bool below_api) const {
        return fmt::format("{}{}/get_shows_bulk?offset={}&limit={}", base_, below_api ? "/api" : "",
                           offset(number), limit_);
    }

    template <typename Doubt>
    [[nodiscard]] HttpRequest request(std::size_t number, bool below_api, Page& page, Doubt doubt) const {
        HttpRequest request{.url = url(number, below_api)};
        request.subject = subject(number);
        request.validate = [this, number, &page, doubt](HttpResponse& response) -> std::string {
            const std::optional<std::size_t> size = size_of(response.body, number);
            if (!size) {
                return "it answered something else than that page of shows";
            }
            if (*size > limit_) {
                return fmt::format("it answered a page of {} shows where {} were asked for", *size, limit_);
            }
            page.size = *size;
            return doubt(*size);
        };
        return request;
    }

    [[nodiscard]] std::optional<std::size_t> size_of(std::string& body, std::size_t number) const {
        pad_json(body);
        const auto page = show_service_page(body, number * limit_);
        return page ? std::optional(page->size) : std::nullopt;
    }

    // A page that was cached with another limit does not fit and is fetched again.
    [[nodiscard]] std::optional<Page> cached_page(std::size_t number) const {
        std::optional<std::string> body = cache_.find(FetchCache::Kind::page, offset(number), run_);
        if (!body || size_of(*body, number) != limit_) {
            return {};
        }
        return Page{std::move(*body), limit_, 0, true};
    }

    std::string base_;
    std::size_t limit_;
    FetchCache& cache_;
    std::int64_t run_;
    std::atomic<bool> below_api_ = false;
};

// Reads the pages in order and finds the end of the catalogue.
class ShowServiceFetch {
  public:
    ShowServiceFetch(std::string_view base_url, const FetchOptions& options, const Progress& progress,
                     IngestReport& report)
        : options_(options),
          report_(report),
          cache_(open_cache(options, report)),
          pages_(base_url, options.batch_size, *cache_, current_fetch(*cache_, options)),
          client_(options.http),
          reader_(options, progress, report),
          // The first page alone finds the right base.
          in_order_(
              options.in_flight, options.http,
              [this](std::size_t number, HttpClient& client) { return pages_.page(number, client); }, 1) {}

    Catalogue run() {
        std::optional<Page> ahead;
        for (std::size_t number = 0; !reader_.finished(); ++number) {
            Page page = ahead ? std::move(*ahead) : in_order_.next();
            ahead.reset();
            bool ends = false;
            if (page.size < options_.batch_size) {
                in_order_.extend(number + 2);
                ahead = in_order_.next();
                page = settled(number, std::move(page), *ahead);
                ends = page.size < options_.batch_size;
            }
            take(number, page);
            if (ends) {
                break;
            }
            in_order_.extend(end_of_work(number + 1));
        }
        return std::move(reader_).catalogue(*cache_);
    }

  private:
    // Where the work that was begun may go on to: as far as shows are wanted.
    [[nodiscard]] std::size_t end_of_work(std::size_t next) const {
        const std::optional<std::size_t> wanted = reader_.wanted();
        return wanted ? next + (*wanted + options_.batch_size - 1) / options_.batch_size
                      : InOrder<Page>::no_end;
    }

    // A page that is not full ends the catalogue, unless there is something after it or it was only a
    // failure.
    Page settled(std::size_t number, Page page, const Page& after) {
        report_.retries += page.retries;
        page.retries = 0;
        if (after.size > 0) {
            return pages_.ask(number, client_, [this](std::size_t size) {
                return size < options_.batch_size
                           ? fmt::format(
                                 "it answered a page of {} shows where {} were asked for, and a page after "
                                 "it has shows",
                                 size, options_.batch_size)
                           : std::string();
            });
        }
        if (page.size > 0) {
            return page;
        }
        std::size_t empty = 1;
        page = pages_.ask(number, client_, [&empty](std::size_t size) {
            return size == 0 && ++empty < empty_pages_to_believe ? "it answered an empty page"
                                                                 : std::string();
        });
        ++page.retries;
        if (page.size == 0 && number == 0) {
            throw Error(ErrorKind::unavailable, "the show service answered an empty catalogue",
                        report_.source, "see whether its database is well, then run again");
        }
        if (page.size == 0) {
            report_.warnings.push_back(
                fmt::format("the page at offset {} was empty {} times and taken for the end",
                            pages_.offset(number), empty_pages_to_believe));
        }
        return page;
    }

    void take(std::size_t number, const Page& page) {
        report_.retries += page.retries;
        report_.kept_pages += page.cached ? 1 : 0;
        if (page.size == 0) {
            return;
        }
        ++report_.pages;
        reader_.read(show_service_page(page.body, number * options_.batch_size).value().text,
                     fmt::format("offset {}", pages_.offset(number)));
    }

    const FetchOptions& options_;
    IngestReport& report_;
    std::unique_ptr<FetchCache> cache_;
    Pages pages_;
    HttpClient client_;
    PageReader reader_;
    InOrder<Page> in_order_;  // last: its threads end before what they use
};

}  // namespace

Ingest fetch_show_service(std::string_view base_url, const FetchOptions& options, const Progress& progress) {
    Ingest ingest;
    ingest.report.source = show_service_name(base_of(base_url));
    ingest.catalogue = ShowServiceFetch(base_url, options, progress, ingest.report).run();
    return ingest;
}

}  // namespace bingefriend
