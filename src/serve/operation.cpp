// What those who run the server ask it: stats and health.
#include <spdlog/spdlog.h>

#include <cmath>

#include "serve/endpoints.hpp"
#include "serve/json_text.hpp"

namespace bingefriend {

Response stats(const Call& call) {
    const Generation g = call.source.reader().current().value_or(Generation{});
    const double average =
        g.shows_with_recommendations == 0
            ? 0.0
            : static_cast<double>(g.recommendations) / static_cast<double>(g.shows_with_recommendations);
    JsonText json;
    json.begin_object();
    json.key("similarity_stats");
    json.begin_object();
    json.member("total_records", g.recommendations);
    json.member("unique_shows", g.shows_with_recommendations);
    json.member("avg_similarities_per_show", std::round(average * 100) / 100);
    json.member_or_null("last_computed", g.computed_at);
    json.end_object();
    json.member("cached_shows", g.shows);
    json.key("weights");
    json.begin_object();
    json.member("genre", g.ranking.weights.genre);
    json.member("text", g.ranking.weights.text);
    json.member("metadata", g.ranking.weights.metadata);
    json.end_object();
    json.end_object();
    Response response;
    response.body = json.take();
    return response;
}

Response health(const Call& call) {
    std::string_view reason;
    try {
        if (!call.source.reader().current()) {
            reason = "nothing is published";
        }
    } catch (const std::exception& error) {
        spdlog::warn("health: {}", error.what());
        call.source.discard();
        reason = "the database cannot be used";
    }
    JsonText json;
    json.begin_object();
    json.member("status", reason.empty() ? "healthy" : "unhealthy");
    json.member("service", "tv-recommender-service");
    json.member("version", call.version);
    if (!reason.empty()) {
        json.member("reason", reason);
    }
    json.end_object();
    Response response;
    response.status = reason.empty() ? 200 : 503;
    response.body = json.take();
    return response;
}

}  // namespace bingefriend
