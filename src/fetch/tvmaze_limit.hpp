// TVmaze's limit of calls (https://www.tvmaze.com/api#rate-limiting), shared by all requests to it.
#pragma once

#include <chrono>

#include "fetch/fetch.hpp"
#include "net/rate_limit.hpp"

namespace bingefriend {

class TvmazeLimit {
  public:
    // The period is a little longer than TVmaze's: calls that left apart may arrive together.
    explicit TvmazeLimit(const FetchOptions& options)
        : limit_(options.tvmaze_calls, std::chrono::milliseconds(10'500),
                 options.cache_dir.empty() ? std::filesystem::path() : options.cache_dir / "tvmaze.calls",
                 options.http.clock) {}

    // REQUIRES: this outlives the clients of these settings.
    [[nodiscard]] HttpSettings apply(HttpSettings settings) {
        settings.rate_limit = &limit_;
        return settings;
    }

  private:
    RateLimit limit_;
};

}  // namespace bingefriend
