// The recommendations of a show, of several, and of one that is not in the catalogue.
#include <spdlog/spdlog.h>

#include <cstdint>

#include "api/endpoints.hpp"
#include "api/parameters.hpp"
#include "api/service.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "base/numbers.hpp"
#include "bodies/show_json.hpp"
#include "edition/answer.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_liked = 50;  // liked, and as many disliked

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

std::vector<std::shared_ptr<const ShowText>> texts_of(const Context& context, const RankedList& list) {
    return context.service.shows.of(context.edition.id(), context.edition.number(), list.entries,
                                    context.service.reader);
}

// Completes an object that was begun.
Response list_response(JsonText& json, const QueryResult& result, const Context& context) {
    append(json, result.weights);
    json.member("count", static_cast<std::int64_t>(result.list.entries.size()));
    append(json, result.list, result.weights, texts_of(context, result.list));
    json.end_object();
    return json_response(json);
}

std::vector<Recommendation> stored_list(const Context& context, ShowId show, const Query& query) {
    if (!context.edition.generation()) {
        return {};
    }
    if (context.list == nullptr) {
        return read_list(context.service.reader, context.edition.number(), show, query.n,
                         query.min_similarity);
    }
    std::vector<Recommendation> list = std::move(*context.list);
    shorten(list, query.n, query.min_similarity);
    return list;
}

// Leaves the reasons out if the edition cannot give them.
void explain(const Edition& edition, ShowId show, RankedList& list) {
    if (edition.features() == nullptr) {
        return;
    }
    try {
        add_reasons(show, *edition.features(), list);
    } catch (const Error& error) {  // a list of another database, which the next edition will be of
        spdlog::error("a list is served without reasons: {}", error.what());
    }
}

QueryResult result_of(const Query& query, const Edition& edition) {
    const IndexedFeatures& features = features_of(edition);
    return answer(query, features, edition.generation()->ranking.weights,
                  query.max_per_franchise > 0 ? edition.franchises() : std::span<const std::uint32_t>());
}

}  // namespace

const IndexedFeatures& features_of(const Edition& edition) {
    if (edition.features() == nullptr) {
        throw Error(ErrorKind::unavailable,
                    edition.generation() ? "the published generation has no features that can be used"
                                         : "nothing is published yet",
                    "", "publish with `bingefriend pipeline`");
    }
    return *edition.features();
}

ShowId show_id_in(const Input& input) {
    const std::optional<std::int64_t> id = parse_number<std::int64_t>(value_of(input.parameters, "show_id"));
    if (!id) {
        throw BadParameter{"show_id must be an integer"};
    }
    return ShowId{*id};
}

ListQuery parse_list(const Input& input) {
    ListQuery list{show_id_in(input), query_in(input.target)};
    list.query.likes = {list.show};
    return list;
}

std::optional<StoredList> ListQuery::stored_list() const {
    constexpr std::size_t all = 50;  // a diverse list is not in ranking order: a later entry may pass
    return is_plain(query) ? std::optional(StoredList{show, query.min_similarity > 0 ? all : query.n})
                           : std::nullopt;
}

Response answer(const ListQuery& query, const Context& context) {
    const bool is_stored = query.stored_list().has_value();
    RankedList list;
    Weights weights;
    if (is_stored) {
        list.entries = stored_list(context, query.show, query.query);
        weights = context.edition.generation().value_or(Generation()).ranking.weights;
    } else {
        QueryResult result = result_of(query.query, context.edition);
        list = std::move(result.list);
        weights = result.weights;
    }
    if (list.entries.empty()) {
        return none_found(to_number(query.show));
    }
    const auto texts = texts_of(context, list);  // before the reasons: prefetches the texts
    if (is_stored) {
        explain(context.edition, query.show, list);
    }
    Response response;
    response.body = recommendations_json(query.show, list, weights, texts);
    return response;
}

MixQuery parse_mix(const Input& input) {
    Query query = query_in(input.target);
    query.likes = ids_in(input.target, "like", max_liked);
    query.dislikes = ids_in(input.target, "unlike", max_liked);
    if (query.likes.empty()) {
        throw BadParameter{"like must name at least one show"};
    }
    return {std::move(query)};
}

Response answer(const MixQuery& query, const Context& context) {
    const QueryResult result = result_of(query.query, context.edition);
    JsonText json;
    json.begin_object();
    append_ids(json, "like", query.query.likes);
    append_ids(json, "unlike", query.query.dislikes);
    append_ids(json, "unknown", result.unknown);
    return list_response(json, result, context);
}

SimilarQuery parse_similar(const Input& input) {
    return {query_in(input.target), input.request.body};
}

Response answer(const SimilarQuery& query, const Context& context) {
    GivenShow given = show_in(query.body);
    Query with_show = query.query;
    with_show.external_show = std::move(given.show);
    with_show.text_alone = given.text_alone;
    const QueryResult result = result_of(with_show, context.edition);
    JsonText json;
    json.begin_object();
    return list_response(json, result, context);
}

}  // namespace bingefriend
