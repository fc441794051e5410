// What those who run the server ask it: stats, health, metrics.  Nothing here asks the database.
#include <cmath>

#include "base/json_text.hpp"
#include "serve/endpoints.hpp"
#include "serve/service.hpp"
#include "serve/show_json.hpp"

namespace bingefriend {
namespace {

// Why recommendations cannot be served; empty where they can.
std::string_view fault(const Call& call) {
    return call.service.publication.away() ? "the database cannot be used"
           : !call.published.generation    ? "nothing is published"
                                           : "";
}

Response state(std::string_view name, std::string_view reason) {
    JsonText json;
    json.begin_object();
    json.member("status", name);
    if (!reason.empty()) {
        json.member("reason", reason);
    }
    json.end_object();
    Response response;
    response.status = reason.empty() ? 200 : 503;
    response.body = json.take();
    return response;
}

}  // namespace

Response stats(const Call& call) {
    const Generation g = call.published.generation.value_or(Generation{});
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
    append(json, g.ranking.weights);
    json.member("generation", g.number);
    json.end_object();
    Response response;
    response.body = json.take();
    return response;
}

Response health(const Call& call) {
    const std::string_view reason = fault(call);
    JsonText json;
    json.begin_object();
    json.member("status", reason.empty() ? "healthy" : "unhealthy");
    json.member("service", "tv-recommender-service");
    json.member("version", call.service.options.version);
    if (!reason.empty()) {
        json.member("reason", reason);
    }
    json.end_object();
    Response response;
    response.status = reason.empty() ? 200 : 503;
    response.body = json.take();
    return response;
}

Response liveness(const Call&) {
    return state("alive", "");
}

Response readiness(const Call& call) {
    const std::string_view reason = fault(call);
    return state(reason.empty() ? "ready" : "not ready", reason);
}

Response metrics(const Call& call) {
    Service& service = call.service;
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = service.metrics.text(call.published, service.publication.away(), service.generation_check,
                                         service.answers.count(), service.shows.count(),
                                         service.readers.count(), service.in_flight.count());
    return response;
}

}  // namespace bingefriend
