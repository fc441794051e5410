// TVmaze, or a mirror of it -> shows.
//
// TVmaze keeps a show in page id / 250 for ever, and one list tells when each show was changed last
// (https://www.tvmaze.com/api#show-index, #show-updates).  So the pages are cached, each with a
// digest of its part of the list as its version: a page whose part is as it was need not be asked for again.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "fetch/fetch.hpp"
#include "fetch/fetch_cache.hpp"
#include "fetch/page_json.hpp"
#include "fetch/service.hpp"
#include "fetch/tvmaze_limit.hpp"
#include "net/in_order.hpp"

namespace bingefriend {
namespace {

constexpr std::int64_t ids_a_page = 250;

// Ids are given out one after the other, and TVmaze has some 90,000.  An id above this is not one of a show:
// every page up to it would be looked at.
constexpr std::int64_t max_id = 10'000'000;

// The index of pages lags up to a day behind the list of changes; what is new since is read show by show.
constexpr std::size_t max_newest_shows = 250;

struct IndexPage {
    std::string body;  // an array
    bool beyond_the_end = false;
    bool asked = true;
    std::size_t retries = 0;
};

// FNV-1a over the numbers; never 0, which means no version.
std::int64_t digest(std::span<const Updates::value_type> part) {
    std::uint64_t hash = 14695981039346656037u;
    for (const auto& [id, time] : part) {
        for (const auto number : {static_cast<std::uint64_t>(id), static_cast<std::uint64_t>(time)}) {
            for (int shift = 0; shift < 64; shift += 8) {
                hash = (hash ^ ((number >> shift) & 0xff)) * 1099511628211u;
            }
        }
    }
    return hash == 0 ? 1 : static_cast<std::int64_t>(hash);
}

// What is known of the catalogue before its pages are read.
class ChangeList {
  public:
    ChangeList() = default;
    explicit ChangeList(Updates updates) : updates_(std::move(updates)) {}

    [[nodiscard]] bool known() const { return updates_.has_value(); }
    [[nodiscard]] std::size_t pages() const {
        return !known() || updates_->empty()
                   ? 0
                   : static_cast<std::size_t>(updates_->back().first / ids_a_page) + 1;
    }
    // The shows of a page, or of it and all after it.
    [[nodiscard]] std::span<const Updates::value_type> of_page(std::size_t page) const {
        const auto rest = from_page(page);
        return rest.first(rest.size() - from_page(page + 1).size());
    }
    [[nodiscard]] std::span<const Updates::value_type> from_page(std::size_t page) const {
        if (!known()) {
            return {};
        }
        const std::pair least{static_cast<std::int64_t>(page) * ids_a_page, std::int64_t{0}};
        return {std::lower_bound(updates_->begin(), updates_->end(), least), updates_->end()};
    }

    // Whether the page holds every show that the list has there, as new as the list has it.
    [[nodiscard]] bool agrees_with(std::size_t page, const std::string& body) const {
        const Updates shows = updates_in(body);
        const auto part = of_page(page);
        return std::all_of(part.begin(), part.end(), [&](const auto& listed) {
            const auto at =
                std::lower_bound(shows.begin(), shows.end(), std::pair{listed.first, std::int64_t{0}});
            return std::any_of(at, shows.end(), [&](const auto& show) {
                return show.first == listed.first && show.second >= listed.second;
            });
        });
    }

  private:
    std::optional<Updates> updates_;
};

class TvmazeFetch {
  public:
    TvmazeFetch(std::string_view base_url, const FetchOptions& options, const Progress& progress,
                IngestReport& report)
        : base_(base_of(base_url)),
          options_(options),
          report_(report),
          limit_(options),
          http_(limit_.apply(options.http)),
          cache_(open_cache(options, report)),
          run_(current_fetch(*cache_, options)),
          client_(http_),
          reader_(options, progress, report),
          changes_(change_list()),
          // One page beyond those known, for what is new.
          in_order_(
              options.in_flight, http_,
              [this](std::size_t number, HttpClient& client) { return page(number, client); },
              end_of_work(0)) {}

    Catalogue run() {
        std::size_t number = 0;
        for (; !reader_.finished(); ++number) {
            const IndexPage page = in_order_.next();
            report_.retries += page.retries;
            if (page.beyond_the_end) {
                end_at(number);
                break;
            }
            ++report_.pages;
            report_.kept_pages += page.asked ? 0 : 1;
            if (!is_known_to_be_empty(number)) {
                reader_.read(page.body, fmt::format("page {}", number));
            }
            in_order_.extend(end_of_work(number + 1));
        }
        return std::move(reader_).catalogue(*cache_);
    }

  private:
    [[nodiscard]] std::size_t end_of_work(std::size_t next) const {
        const std::optional<std::size_t> wanted = reader_.wanted();
        const std::size_t end =
            changes_.known() ? std::max(changes_.pages(), next) + 1 : next + options_.in_flight;
        return wanted ? std::min(end, next + (*wanted + ids_a_page - 1) / ids_a_page) : end;
    }

    // A mirror may lack the list.
    [[nodiscard]] ChangeList change_list() {
        HttpRequest request{.url = base_ + "/updates/shows"};
        request.subject = "the list of changes";
        request.validate = [](HttpResponse& response) -> std::string {
            pad_json(response.body);
            return tvmaze_updates(response.body) ? "" : "it answered something else than times of changes";
        };
        const HttpResponse response = client_.send(request);
        report_.retries += response.retries;
        if (response.status == 200) {
            Updates updates = tvmaze_updates(response.body).value();
            if (!updates.empty() && updates.back().first > max_id) {
                throw Error(ErrorKind::unavailable, "the list of changes cannot be right",
                            without_secrets(request.url),
                            fmt::format("it names show {}, and ids end at {}: check the address, nothing was "
                                        "changed",
                                        updates.back().first, max_id));
            }
            return ChangeList(std::move(updates));
        }
        report_.warnings.push_back(fmt::format(
            "there is no list of changes (status {}), so every page was asked for", response.status));
        return {};
    }

    // Whether the list of changes has shows behind this page, and none in it.
    [[nodiscard]] bool is_known_to_be_empty(std::size_t number) const {
        return changes_.known() && number < changes_.pages() && changes_.of_page(number).empty();
    }

    // Used by many threads.
    [[nodiscard]] IndexPage page(std::size_t number, HttpClient& client) {
        const auto part = changes_.of_page(number);
        if (is_known_to_be_empty(number)) {
            return {"[]", false, false, 0};
        }
        const std::int64_t version = changes_.known() ? digest(part) : run_;
        if (!changes_.known() || !part.empty()) {
            std::optional<std::string> body =
                cache_->find(FetchCache::Kind::page, static_cast<std::int64_t>(number), version);
            if (body) {
                return {std::move(*body), false, false, 0};
            }
        }
        IndexPage page = ask(number, client, !part.empty());
        if (!page.beyond_the_end && (!changes_.known() || changes_.agrees_with(number, page.body))) {
            cache_->put(FetchCache::Kind::page, static_cast<std::int64_t>(number), version, page.body);
        }
        return page;
    }

    [[nodiscard]] IndexPage ask(std::size_t number, HttpClient& client, bool must_have_shows) const {
        HttpRequest request{.url = fmt::format("{}/shows?page={}", base_, number)};
        request.subject = fmt::format("page {}", number);
        std::size_t empty = 0;
        request.validate = [&](HttpResponse& response) -> std::string {
            pad_json(response.body);
            const std::optional<ArrayText> shows = tvmaze_page(response.body);
            if (!shows) {
                return "it answered something else than a page of shows";
            }
            const bool doubtful = shows->size == 0 && (must_have_shows || ++empty < empty_pages_to_believe);
            return doubtful ? "it answered an empty page" : "";
        };
        HttpResponse response = client.send(request);
        if (response.status != 200 && response.status != 404) {
            throw Error(ErrorKind::unavailable, "cannot fetch " + request.subject,
                        without_secrets(request.url),
                        fmt::format("it answered status {}: check the address", response.status));
        }
        return {std::move(response.body), response.status == 404, true, response.retries};
    }

    // The pages end with `number`: is that the end of the catalogue?
    void end_at(std::size_t number) {
        const auto newest = changes_.from_page(number);
        const bool had_it =
            cache_->has(FetchCache::Kind::page, static_cast<std::int64_t>(number)) && !newest.empty();
        if (number == 0 || had_it || newest.size() > max_newest_shows) {
            fail_at(number,
                    newest.empty() ? "" : fmt::format(", though shows up to {} exist", newest.back().first));
        }
        if (!changes_.known()) {
            in_order_.extend(number + 2);
            if (!in_order_.next().beyond_the_end) {
                fail_at(number, ", though there is a page after it");
            }
        }
        for (const auto& [id, time] : newest) {
            read_show(id, time);
        }
        cache_->erase_from(FetchCache::Kind::page, static_cast<std::int64_t>(number));
    }

    [[noreturn]] void fail_at(std::size_t number, const std::string& evidence) const {
        throw Error(
            ErrorKind::unavailable, "the catalogue ends too early", report_.source,
            fmt::format("page {} was answered with status 404{}, and nothing was changed: see whether the "
                        "service is well, then run again",
                        number, evidence));
    }

    void read_show(std::int64_t id, std::int64_t time) {
        std::optional<std::string> body = cache_->find(FetchCache::Kind::show, id, time);
        if (!body) {
            const HttpResponse response = client_.get(fmt::format("{}/shows/{}", base_, id));
            report_.retries += response.retries;
            if (response.status != 200) {
                report_.warnings.push_back(
                    fmt::format("show {} is listed but cannot be had (status {})", id, response.status));
                return;
            }
            body = "[" + response.body + "]";
            cache_->put(FetchCache::Kind::show, id, time, *body);
        }
        reader_.read(*body, fmt::format("show {}", id));
    }

    std::string base_;
    const FetchOptions& options_;
    IngestReport& report_;
    TvmazeLimit limit_;
    HttpSettings http_;
    std::unique_ptr<FetchCache> cache_;
    std::int64_t run_;
    HttpClient client_;
    PageReader reader_;
    ChangeList changes_;
    InOrder<IndexPage> in_order_;  // last: its threads end before what they use
};

}  // namespace

Ingest fetch_tvmaze(std::string_view base_url, const FetchOptions& options, const Progress& progress) {
    Ingest ingest;
    ingest.report.source = "tvmaze " + without_secrets(base_of(base_url));
    ingest.catalogue = TvmazeFetch(base_url, options, progress, ingest.report).run();
    return ingest;
}

}  // namespace bingefriend
