#include "serve/respond.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "serve/request.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

Response json_response(unsigned status, const Json& body) {
    return {status, body.dump(-1, ' ', false, Json::error_handler_t::replace), {}};
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

Json recommended_json(const RecommendedShow& recommended) {
    const ShowFacts& show = recommended.facts;
    const Recommendation& r = recommended.recommendation;
    return {{"show_id", to_number(show.id)},
            {"name", show.name},
            {"genres", show.genres},
            {"summary", text_or_null(show.summary)},
            {"rating", show.rating ? Json(*show.rating) : Json(nullptr)},
            {"type", text_or_null(show.type)},
            {"language", text_or_null(show.language)},
            {"network", text_or_null(show.network)},
            {"similarity_score", r.score},
            {"genre_score", r.genre},
            {"text_score", r.text},
            {"metadata_score", r.metadata}};
}

struct Parameters {
    std::int64_t n = 10;
    double min_similarity = 0.0;
};

// The parameters, or what is wrong with one of them.
std::string read_parameters(const std::map<std::string, std::string>& query, Parameters& parameters) {
    if (const auto at = query.find("n"); at != query.end()) {
        const std::optional<std::int64_t> n = whole_number<std::int64_t>(at->second);
        if (!n || *n < 1 || *n > 50) {
            return "n must be between 1 and 50";
        }
        parameters.n = *n;
    }
    if (const auto at = query.find("min_similarity"); at != query.end()) {
        const std::optional<double> least = whole_number<double>(at->second);
        if (!least || !(*least >= 0 && *least <= 1)) {
            return "min_similarity must be between 0 and 1";
        }
        parameters.min_similarity = *least;
    }
    return {};
}

Response recommendations(const Target& target, ReaderSource& source) {
    const std::optional<std::int64_t> show = whole_number<std::int64_t>(target.path[1]);
    if (!show) {
        return error_response(400, "show_id must be an integer");
    }
    Parameters parameters;
    if (const std::string fault = read_parameters(target.query, parameters); !fault.empty()) {
        return error_response(400, fault);
    }
    const std::vector<RecommendedShow> list = source.reader().recommendations(
        ShowId{*show}, static_cast<std::size_t>(parameters.n), parameters.min_similarity);
    if (list.empty()) {
        return json_response(404, {{"show_id", *show},
                                   {"recommendations", Json::array()},
                                   {"message", "No recommendations found for this show"}});
    }
    Json recommended = Json::array();
    for (const RecommendedShow& r : list) {
        recommended.push_back(recommended_json(r));
    }
    return json_response(
        200, {{"show_id", *show}, {"count", list.size()}, {"recommendations", std::move(recommended)}});
}

Response stats(ReaderSource& source) {
    const Generation g = source.reader().current().value_or(Generation{});
    const double average =
        g.shows_with_recommendations == 0
            ? 0.0
            : static_cast<double>(g.recommendations) / static_cast<double>(g.shows_with_recommendations);
    const Weights& w = g.ranking.weights;
    return json_response(200,
                         {{"similarity_stats",
                           {{"total_records", g.recommendations},
                            {"unique_shows", g.shows_with_recommendations},
                            {"avg_similarities_per_show", std::round(average * 100) / 100},
                            {"last_computed", text_or_null(g.computed_at)}}},
                          {"cached_shows", g.shows},
                          {"weights", {{"genre", w.genre}, {"text", w.text}, {"metadata", w.metadata}}}});
}

Response health(ReaderSource& source, std::string_view version) {
    std::string reason;
    try {
        if (!source.reader().current()) {
            reason = "nothing is published";
        }
    } catch (const std::exception& error) {
        spdlog::warn("health: {}", error.what());
        source.discard();
        reason = "the database cannot be used";
    }
    Json body{{"status", reason.empty() ? "healthy" : "unhealthy"},
              {"service", "tv-recommender-service"},
              {"version", version}};
    if (!reason.empty()) {
        body["reason"] = reason;
    }
    return json_response(reason.empty() ? 200 : 503, body);
}

// What answers a path; empty where nothing does.
std::function<Response()> endpoint(const Target& target, ReaderSource& source, std::string_view version) {
    const std::vector<std::string>& path = target.path;
    if (path.size() == 3 && path[0] == "shows" && path[2] == "recommendations") {
        return [&] { return recommendations(target, source); };
    }
    if (path.size() == 2 && path[0] == "recommendations" && path[1] == "stats") {
        return [&] { return stats(source); };
    }
    if (path.size() == 2 && path[0] == "recommendations" && path[1] == "health") {
        return [&] { return health(source, version); };
    }
    return {};
}

}  // namespace

Response error_response(unsigned status, std::string_view message) {
    return json_response(status, {{"error", message}});
}

Response respond(const Request& request, ReaderSource& source, std::string_view version) {
    constexpr const char* allowed = "GET, HEAD, OPTIONS";
    const std::optional<Target> target = parse_target(request.target);
    if (!target) {
        return error_response(400, "The request target cannot be read");
    }
    const std::function<Response()> answer = endpoint(*target, source, version);
    if (!answer) {
        return error_response(404, "Not found");
    }
    if (request.method == "OPTIONS") {
        return {204, "", {{"Allow", allowed}}};
    }
    if (request.method != "GET" && request.method != "HEAD") {
        Response refused = error_response(405, "Method not allowed");
        refused.headers.emplace_back("Allow", allowed);
        return refused;
    }
    try {
        return answer();
    } catch (const std::exception& error) {
        spdlog::error("{} {}: {}", request.method, request.target.substr(0, request.target.find('?')),
                      error.what());
        source.discard();
        return error_response(500, "Internal server error");
    }
}

}  // namespace bingefriend
