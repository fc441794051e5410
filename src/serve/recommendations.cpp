// The recommendations of a show, of several, and of one that is not in the catalogue.
#include <cstdint>

#include "serve/endpoints.hpp"
#include "serve/json_text.hpp"
#include "serve/numbers.hpp"
#include "serve/parameters.hpp"
#include "serve/service.hpp"
#include "serve/show_json.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t most_shows = 50;  // liked, and as many disliked

Response none_found(std::int64_t show) {
    JsonText json;
    json.begin_object();
    json.member("show_id", show);
    json.key("recommendations");
    json.begin_array();
    json.end_array();
    json.member("message", "No recommendations found for this show");
    json.end_object();
    return json_response(json, 404);
}

void append_ids(JsonText& json, std::string_view name, const std::vector<ShowId>& ids) {
    json.key(name);
    json.begin_array();
    for (const ShowId id : ids) {
        json.value(to_number(id));
    }
    json.end_array();
}

void append_answer(JsonText& json, const QueryAnswer& answer) {
    json.key("weights");
    json.begin_object();
    json.member("genre", answer.weights.genre);
    json.member("text", answer.weights.text);
    json.member("metadata", answer.weights.metadata);
    json.end_object();
    json.member("count", static_cast<std::int64_t>(answer.shows.size()));
    append(json, answer.shows);
}

}  // namespace

Response recommendations(const Call& call) {
    const std::optional<std::int64_t> show = whole_number<std::int64_t>(call.parameter("show_id"));
    if (!show) {
        return error_response(400, "show_id must be an integer", "invalid_parameter");
    }
    Query query = query_in(call.target);
    std::vector<RecommendedShow> list;
    if (is_plain(query)) {
        list = call.source.reader().recommendations(ShowId{*show}, query.n, query.min_similarity);
        if (call.service.options.queries != nullptr) {
            call.service.options.queries->explain(ShowId{*show}, list, call.source.reader());
        }
    } else {
        query.likes = {ShowId{*show}};
        list = call.service.queries().answer(query, call.source.reader()).shows;
    }
    if (list.empty()) {
        return none_found(*show);
    }
    Response response;
    response.body = recommendations_json(ShowId{*show}, list);
    return response;
}

Response mixed_recommendations(const Call& call) {
    Query query = query_in(call.target);
    query.likes = ids_in(call.target, "like", most_shows);
    query.dislikes = ids_in(call.target, "unlike", most_shows);
    if (query.likes.empty()) {
        throw BadParameter{"like must name at least one show"};
    }
    const QueryAnswer answer = call.service.queries().answer(query, call.source.reader());
    JsonText json;
    json.begin_object();
    append_ids(json, "like", query.likes);
    append_ids(json, "unlike", query.dislikes);
    append_ids(json, "unknown", answer.unknown);
    append_answer(json, answer);
    json.end_object();
    return json_response(json);
}

Response similar_to_given(const Call& call) {
    Query query = query_in(call.target);
    GivenShow given = show_in(call.request.body);
    query.foreign = std::move(given.show);
    query.text_alone = given.text_alone;
    const QueryAnswer answer = call.service.queries().answer(query, call.source.reader());
    JsonText json;
    json.begin_object();
    append_answer(json, answer);
    json.end_object();
    return json_response(json);
}

}  // namespace bingefriend
