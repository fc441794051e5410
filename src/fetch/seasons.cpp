// The season summaries of shows, from the season service or from TVmaze.
#include <fmt/format.h>

#include <chrono>
#include <optional>
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

// A service that fails so often in a row is not asked for every show of the catalogue.
constexpr std::size_t max_failures_in_a_row = 10;

// A show that does not tell when it was changed is asked for again after so long.
constexpr std::chrono::hours unknown_change_lasts{24 * 7};

struct Answer {
    std::optional<std::string> summaries;  // none: not to be had
    std::string failure;                   // why the service failed; empty where it answered
    std::size_t retries = 0;
    bool cached = false;
};

class SeasonFetch {
  public:
    SeasonFetch(std::string_view base_url, FetchCache& cache, const FetchOptions& options)
        : base_(base_of(base_url)),
          cache_(cache),
          weeks_(options.http.clock.now().time_since_epoch() / unknown_change_lasts) {}

    // Used by many threads.  The cache holds '+' and the summaries, or '-' if the service has no such show.
    [[nodiscard]] Answer answer(const Show& show, HttpClient& client) const {
        const std::int64_t id = to_number(show.id);
        const std::int64_t version = show.updated != 0 ? show.updated : -weeks_;
        if (const std::optional<std::string> found = cache_.find(FetchCache::Kind::seasons, id, version);
            found && !found->empty()) {
            return {found->front() == '+' ? std::optional(found->substr(1)) : std::nullopt, "", 0, true};
        }
        Answer answer = ask(id, client);
        if (answer.failure.empty()) {
            cache_.put(FetchCache::Kind::seasons, id, version,
                       answer.summaries ? "+" + *answer.summaries : "-");
        }
        return answer;
    }

  private:
    [[nodiscard]] Answer ask(std::int64_t id, HttpClient& client) const {
        HttpRequest request{.url = fmt::format("{}/shows/{}/seasons", base_, id)};
        request.subject = fmt::format("the seasons of show {}", id);
        request.validate = [](HttpResponse& response) -> std::string {
            pad_json(response.body);
            return season_summaries(response.body) ? "" : "it answered something else than seasons";
        };
        try {
            const HttpResponse response = client.send(request);
            if (response.status == 200) {
                return {season_summaries(response.body), "", response.retries, false};
            }
            const bool unknown = response.status == 404;
            return {{},
                    unknown ? "" : fmt::format("it answered status {}", response.status),
                    response.retries,
                    false};
        } catch (const Error& error) {
            return {{}, error.what(), 0, false};
        }
    }

    std::string base_;
    FetchCache& cache_;
    std::int64_t weeks_;
};

void add(Seasons& seasons, ShowId id, Answer answer) {
    seasons.cached += answer.cached ? 1 : 0;
    seasons.retries += answer.retries;
    if (!answer.summaries) {
        ++seasons.missing;
    } else if (!answer.summaries->empty()) {
        seasons.summaries.emplace(id, std::move(*answer.summaries));
    }
}

}  // namespace

Seasons fetch_seasons(std::string_view base_url, bool as_tvmaze, const Catalogue& catalogue,
                      const FetchOptions& options, const Progress& progress) {
    IngestReport report;
    report.source = "seasons " + without_secrets(base_of(base_url));
    const std::unique_ptr<FetchCache> cache = open_cache(options, report);
    TvmazeLimit limit(options);
    const bool limited = as_tvmaze || base_of(base_url) == tvmaze_url;
    const HttpSettings http = limited ? limit.apply(options.http) : options.http;

    const SeasonFetch fetch(base_url, *cache, options);
    const std::size_t n = catalogue.shows.size();
    InOrder<Answer> answers(
        options.in_flight, http,
        [&](std::size_t row, HttpClient& client) { return fetch.answer(catalogue.shows[row], client); }, n);
    Seasons seasons;
    seasons.shows = n;
    for (std::size_t row = 0, failures = 0; row < n && failures < max_failures_in_a_row; ++row) {
        Answer answer = answers.next();
        failures = answer.failure.empty() ? 0 : failures + 1;
        if (failures == max_failures_in_a_row) {
            seasons.stopped = answer.failure;
            seasons.missing += n - row - 1;
        }
        add(seasons, catalogue.shows[row].id, std::move(answer));
        progress(row + 1, n);
    }
    return seasons;
}

}  // namespace bingefriend
