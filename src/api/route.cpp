#include "api/route.hpp"

#include <algorithm>
#include <array>

#include "api/endpoints.hpp"

namespace bingefriend {
namespace {

constexpr auto of_a_mix = std::to_array<std::string_view>(
    {"like", "unlike", "n", "min_similarity", "weights", "diversity", "max_per_franchise", "genre", "type",
     "language", "network", "status", "min_rating", "exclude"});
constexpr auto of_a_question = std::span(of_a_mix).subspan(2);  // all but like and unlike
constexpr auto of_a_search = std::to_array<std::string_view>({"q", "limit"});
constexpr auto of_pages = std::to_array<std::string_view>({"show_ids", "offset", "limit"});

constexpr auto table = std::to_array<Route>({
    {"GET", "/shows/{show_id}/recommendations", "getRecommendations", endpoint<parse_list>, of_a_question},
    {"GET", "/recommendations", "getMixedRecommendations", endpoint<parse_mix>, of_a_mix},
    {"POST", "/recommendations/similar", "findSimilar", endpoint<parse_similar>, of_a_question,
     Kind::computed},
    {"GET", "/shows/{show_id}", "getShow", endpoint<parse_show>, {}, Kind::published, false, true},
    {"GET", "/shows/search", "searchShows", endpoint<parse_search>, of_a_search},
    {"GET", "/get_shows_bulk", "getShowsBulk", endpoint<parse_page>, of_pages},
    {"GET", "/catalogue", "getCatalogue", plain<catalogue>, {}},
    {"GET", "/generations", "getGenerations", plain<generations>, {}, Kind::computed, true},
    {"GET",
     "/recommendations/distribution",
     "getDistribution",
     plain<distribution>,
     {},
     Kind::published,
     true},
    {"GET", "/runs", "getRuns", plain<runs>, {}, Kind::computed, true},
    {"GET", "/recommendations/stats", "getStats", plain<stats>, {}, Kind::state, true},
    {"GET", "/recommendations/health", "getHealth", plain<health>, {}, Kind::state},
    {"GET", "/livez", "getLiveness", plain<liveness>, {}, Kind::operation},
    {"GET", "/readyz", "getReadiness", plain<readiness>, {}, Kind::operation},
    {"GET", "/metrics", "getMetrics", plain<metrics>, {}, Kind::operation, true},
    {"GET", "/openapi.json", "getOpenApi", plain<open_api>, {}, Kind::document},
    {"GET", "/docs", "getDocs", plain<docs>, {}, Kind::document},
    {"GET", "/", "getPage", plain<page>, {}, Kind::document},
    {"GET", "/status", "getStatusPage", plain<status_page>, {}, Kind::document},
    {"GET", "/assets/{name}", "getAsset", endpoint<parse_asset>, {}, Kind::document},
});

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

// Whether the path matches the pattern; returns its parameters and their number.
bool matches(std::string_view pattern, const std::vector<std::string>& path, PathParameters& parameters) {
    parameters.clear();
    for (const std::string& segment : path) {
        if (pattern.empty()) {
            return false;
        }
        pattern.remove_prefix(1);
        const std::string_view wanted = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(wanted.size());
        if (is_parameter(wanted)) {
            parameters.emplace_back(wanted.substr(1, wanted.size() - 2), segment);
        } else if (wanted != segment) {
            return false;
        }
    }
    return pattern.empty() || pattern == "/";
}

}  // namespace

std::span<const Route> routes() {
    return table;
}

Match match(const Target& target) {
    Match best;
    PathParameters parameters;
    for (const Route& route : table) {
        if (!matches(route.path, target.path, parameters)) {
            continue;
        }
        if (best.routes.empty() || parameters.size() < best.parameters.size()) {
            best = {{&route}, parameters};
        } else if (best.routes.front()->path == route.path) {
            best.routes.push_back(&route);
        }
    }
    return best;
}

bool is_probe(const Request& request) {
    const std::optional<Target> target = parse_target(request.target);
    const Route* const route = target ? match(*target).of(request.method) : nullptr;
    return route != nullptr && route->kind == Kind::operation && !route->needs_key;
}

const Route* Match::of(std::string_view method) const {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    const auto at = std::find_if(routes.begin(), routes.end(),
                                 [&](const Route* route) { return route->method == wanted; });
    return at == routes.end() ? nullptr : *at;
}

std::string Match::allowed() const {
    std::string methods;
    for (const Route* route : routes) {
        methods += route->method;
        methods += route->method == "GET" ? ", HEAD, " : ", ";
    }
    return methods + "OPTIONS";
}

std::string_view value_of(const PathParameters& parameters, std::string_view name) {
    const auto at = std::find_if(parameters.begin(), parameters.end(),
                                 [&](const auto& parameter) { return parameter.first == name; });
    return at == parameters.end() ? std::string_view() : at->second;
}

}  // namespace bingefriend
