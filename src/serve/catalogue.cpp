// The shows of the published generation, in the shape of the show service.
#include <algorithm>
#include <cstdint>

#include "serve/endpoints.hpp"
#include "serve/json_text.hpp"
#include "serve/numbers.hpp"
#include "serve/parameters.hpp"
#include "serve/service.hpp"
#include "serve/show_json.hpp"

namespace bingefriend {
namespace {

constexpr std::int64_t longest_page = 1'000;
constexpr std::size_t most_typed = 200;  // bytes of a search

}  // namespace

Response show(const Call& call) {
    const std::optional<std::int64_t> id = whole_number<std::int64_t>(call.parameter("show_id"));
    if (!id) {
        return error_response(400, "show_id must be an integer", "invalid_parameter");
    }
    const std::optional<ShowFacts> facts = call.source.reader().show(ShowId{*id});
    if (!facts) {
        return error_response(404, "No show has this id");
    }
    JsonText json;
    append(json, *facts);
    return json_response(json);
}

Response search(const Call& call) {
    const std::string* const text = call.target.value("q");
    if (text == nullptr || text->empty() || text->size() > most_typed) {
        throw BadParameter{"q must be 1 to 200 bytes of a name"};
    }
    const auto limit = static_cast<std::size_t>(number_in(call.target, "limit", 1, 50, 10));
    const std::vector<ShowFacts> shows = call.service.queries().search(*text, limit, call.source.reader());
    JsonText json;
    json.begin_object();
    json.member("q", *text);
    json.member("count", static_cast<std::int64_t>(shows.size()));
    append(json, shows);
    json.end_object();
    return json_response(json);
}

Response bulk(const Call& call) {
    std::vector<ShowId> ids = ids_in(call.target, "show_ids", static_cast<std::size_t>(longest_page));
    std::sort(ids.begin(), ids.end());
    const std::int64_t offset = number_in(call.target, "offset", 0, std::int64_t{1} << 40, 0);
    const std::int64_t limit = number_in(call.target, "limit", 1, longest_page, 100);
    PublishedReader& reader = call.source.reader();
    const std::vector<ShowFacts> shows =
        call.target.value("show_ids") != nullptr
            ? reader.shows(ids, call.published.number())
            : reader.shows_from(static_cast<std::size_t>(offset), static_cast<std::size_t>(limit));
    JsonText json;
    json.begin_object();
    append(json, shows);
    json.member("total", static_cast<std::int64_t>(shows.size()));
    json.member("offset", offset);
    json.member("limit", limit);
    json.end_object();
    return json_response(json);
}

}  // namespace bingefriend
