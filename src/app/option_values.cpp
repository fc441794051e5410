#include "app/option_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.hpp"

namespace bingefriend {

Secret database_url(const DatabaseOptions& options, const Environment& environment) {
    return options.url ? *options.url : environment.secret_or_default("DATABASE_URL");
}

GateLimits gate_limits(const GateOptions& options, const Environment& environment) {
    const auto limit = [&](const std::optional<double>& flag, SettingKey key) {
        return flag ? *flag : environment.number(key, 0, 1);
    };
    return {.least_shows = limit(options.min_shows, "GATE_MIN_SHOWS"),
            .most_fall = limit(options.max_fall, "GATE_MAX_FALL"),
            .least_overlap = limit(options.min_overlap, "GATE_MIN_OVERLAP")};
}

RankingSettings normalised(RankingSettings ranking) {
    const Weights& w = ranking.weights;
    const double sum = sum_of(w);
    const bool none_negative =
        std::all_of(w.values.begin(), w.values.end(), [](double weight) { return weight >= 0; });
    if (!(none_negative && sum > 0 && std::isfinite(sum))) {
        std::string flags;
        for (const PartDefinition& d : all_parts) {
            flags += fmt::format("{}--{}-weight", flags.empty() ? "" : ", ", d.name);
        }
        throw Error(ErrorKind::usage, "the weights cannot be used", "",
                    fmt::format("give weights of 0 or more, not all 0: {}", flags));
    }
    ranking.weights = normalised(w);
    return ranking;
}

}  // namespace bingefriend
