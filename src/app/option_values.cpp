#include "app/option_values.hpp"

namespace bingefriend {

Secret database_url(const DatabaseOptions& options, const Environment& environment) {
    return options.url ? *options.url : environment.secret_or_default("DATABASE_URL");
}

GateLimits gate_limits(const GateOptions& options, const Environment& environment) {
    const auto limit = [&](const std::optional<double>& flag, SettingKey key) {
        return flag ? *flag : environment.number(key, 0, 1);
    };
    return {.min_shows = limit(options.min_shows, "GATE_MIN_SHOWS"),
            .max_fall = limit(options.max_fall, "GATE_MAX_FALL"),
            .min_overlap = limit(options.min_overlap, "GATE_MIN_OVERLAP")};
}

}  // namespace bingefriend
