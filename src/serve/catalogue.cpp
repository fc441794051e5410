// The shows of the published generation, in the shape of the show service.
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/json_text.hpp"
#include "base/numbers.hpp"
#include "serve/endpoints.hpp"
#include "serve/parameters.hpp"
#include "serve/service.hpp"
#include "serve/show_json.hpp"
#include "serve/show_page.hpp"

namespace bingefriend {
namespace {

constexpr std::int64_t longest_page = 1'000;
constexpr std::size_t most_typed = 200;  // bytes of a search

std::vector<ShowId> ids_from(std::span<const ShowId> ids, std::int64_t offset, std::int64_t limit) {
    const auto begin = std::min(static_cast<std::size_t>(offset), ids.size());
    const auto page = ids.subspan(begin, std::min(static_cast<std::size_t>(limit), ids.size() - begin));
    return {page.begin(), page.end()};
}

std::vector<ShowId> those_of(std::span<const ShowId> ids, std::vector<ShowId> wanted) {
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    std::erase_if(wanted, [&](ShowId id) { return !std::binary_search(ids.begin(), ids.end(), id); });
    return wanted;
}

}  // namespace

Response show(const Call& call) {
    const std::optional<std::int64_t> id = parse_number<std::int64_t>(call.parameter("show_id"));
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
    const std::int64_t offset = number_in(call.target, "offset", 0, std::int64_t{1} << 40, 0);
    const std::int64_t limit = number_in(call.target, "limit", 1, longest_page, 100);
    const bool is_by_id = call.target.value("show_ids") != nullptr;
    const std::vector<ShowId> wanted =
        ids_in(call.target, "show_ids", static_cast<std::size_t>(longest_page));
    const PublishedIds published = call.service.queries().ids(call.source.reader());
    auto page = std::make_unique<ShowPage>(ShowPage::Contents{
        .generation = published.generation,
        .ids = is_by_id ? those_of(published.ids, wanted) : ids_from(published.ids, offset, limit),
        .offset = offset,
        .limit = limit});
    Response response;
    response.body = page->next(call.source.reader());
    if (!page->is_done()) {
        call.rest = std::move(page);
    }
    response.generation = published.generation;
    return response;
}

}  // namespace bingefriend
