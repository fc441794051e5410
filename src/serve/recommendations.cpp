// The recommendations of a show, of several, and of one that is not in the catalogue.
#include <spdlog/spdlog.h>

#include <cstdint>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "base/numbers.hpp"
#include "serve/endpoints.hpp"
#include "serve/parameters.hpp"
#include "serve/service.hpp"
#include "serve/show_json.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t most_liked = 50;  // liked, and as many disliked

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

// Of an object that was begun.
Response live_response(JsonText& json, const QueryAnswer& answer, const Call& call) {
    append(json, answer.weights);
    json.member("count", static_cast<std::int64_t>(answer.list.entries.size()));
    append(json, answer.list, answer.weights, call.service.shows.of(answer.list, call.source.reader()));
    json.end_object();
    Response response = json_response(json);
    response.generation = answer.list.generation;
    return response;
}

ExplainedList stored_list(const Call& call, ShowId show, const Query& query) {
    if (call.list == nullptr) {
        return list_of(show, query.n, query.min_similarity, call.source.reader());
    }
    ExplainedList list = std::move(*call.list);
    shorten(list, query.n, query.min_similarity);
    return list;
}

// The weights of a stored list.
Weights weights_of(const ExplainedList& list, const Call& call) {
    const std::shared_ptr<const Published> known = call.service.publication.now();
    return known->number() == list.generation && known->generation ? known->generation->ranking.weights
                                                                   : default_weights;
}

// Adds the reasons if they are available.
void explain(const Call& call, ShowId show, ExplainedList& list) {
    if (call.service.options.queries == nullptr) {
        return;
    }
    try {
        call.service.options.queries->explain(show, list, call.source.reader());
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::damaged) {
            throw;
        }
        spdlog::error("lists are told without reasons: {}", error.what());
    }
}

}  // namespace

std::optional<WantedList> stored_list_wanted(const Target& target, const PathParameters& parameters) {
    const std::optional<std::int64_t> id = parse_number<std::int64_t>(value_of(parameters, "show_id"));
    if (!id) {
        throw BadParameter{"show_id must be an integer"};
    }
    const Query query = query_in(target);
    return is_plain(query) ? std::optional(WantedList{ShowId{*id}, query.n}) : std::nullopt;
}

Response recommendations(const Call& call) {
    const std::optional<std::int64_t> id = parse_number<std::int64_t>(call.parameter("show_id"));
    if (!id) {
        return error_response(400, "show_id must be an integer", "invalid_parameter");
    }
    const ShowId show{*id};
    Query query = query_in(call.target);
    const bool stored = is_plain(query);
    ExplainedList list;
    Weights weights;
    if (stored) {
        list = stored_list(call, show, query);
        weights = weights_of(list, call);
    } else {
        query.likes = {show};
        QueryAnswer answer = call.service.queries().answer(query, call.source.reader());
        list = std::move(answer.list);
        weights = answer.weights;
    }
    // Before the reasons: memory brings the texts while those are found.
    const auto texts = call.service.shows.of(list, call.source.reader());
    if (stored) {
        explain(call, show, list);
    }
    Response response;
    if (list.entries.empty()) {
        response = none_found(*id);
    } else {
        response.body = recommendations_json(show, list, weights, texts);
    }
    response.generation = list.generation;
    return response;
}

Response mixed_recommendations(const Call& call) {
    Query query = query_in(call.target);
    query.likes = ids_in(call.target, "like", most_liked);
    query.dislikes = ids_in(call.target, "unlike", most_liked);
    if (query.likes.empty()) {
        throw BadParameter{"like must name at least one show"};
    }
    const QueryAnswer answer = call.service.queries().answer(query, call.source.reader());
    JsonText json;
    json.begin_object();
    append_ids(json, "like", query.likes);
    append_ids(json, "unlike", query.dislikes);
    append_ids(json, "unknown", answer.unknown);
    return live_response(json, answer, call);
}

Response similar_to_given(const Call& call) {
    Query query = query_in(call.target);
    GivenShow given = show_in(call.request.body);
    query.foreign = std::move(given.show);
    query.text_alone = given.text_alone;
    const QueryAnswer answer = call.service.queries().answer(query, call.source.reader());
    JsonText json;
    json.begin_object();
    return live_response(json, answer, call);
}

}  // namespace bingefriend
