// The state of the server: stats, health, metrics.  Nothing here reads the database.
#include <cmath>

#include "api/endpoints.hpp"
#include "api/service.hpp"
#include "base/json_text.hpp"
#include "bodies/show_json.hpp"

namespace bingefriend {
namespace {

// Why recommendations cannot be served; empty if they can.
std::string_view fault(const Context& context) {
    const EditionWatcher& editions = context.service.editions;
    return editions.last_look_failed()     ? "the database cannot be used"
           : !editions.has_looked()        ? "the published generation is being read"
           : !context.edition.generation() ? "nothing is published"
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

Response stats(const Context& context) {
    const Generation g = context.edition.generation().value_or(Generation{});
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
    append_recipe(json, g);
    append_diversity(json, g);
    json.member("generation", g.number);
    json.end_object();
    Response response;
    response.body = json.take();
    return response;
}

Response health(const Context& context) {
    const std::string_view reason = fault(context);
    JsonText json;
    json.begin_object();
    json.member("status", reason.empty() ? "healthy" : "unhealthy");
    json.member("service", "tv-recommender-service");
    json.member("version", context.service.options.version);
    if (!reason.empty()) {
        json.member("reason", reason);
    }
    json.end_object();
    Response response;
    response.status = reason.empty() ? 200 : 503;
    response.body = json.take();
    return response;
}

Response liveness(const Context&) {
    return state("alive", "");
}

Response readiness(const Context& context) {
    const std::string_view reason = fault(context);
    return state(reason.empty() ? "ready" : "not ready", reason);
}

Response metrics(const Context& context) {
    Service& service = context.service;
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body =
        service.metrics.text(context.edition, !service.editions.last_look_failed(), service.generation_check,
                             service.shows.count(), service.reader.connections(), service.in_flight.count());
    return response;
}

}  // namespace bingefriend
