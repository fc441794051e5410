// The shows of the published generation, in the shape of the show service.
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "api/endpoints.hpp"
#include "api/parameters.hpp"
#include "api/service.hpp"
#include "base/json_text.hpp"
#include "base/numbers.hpp"
#include "bodies/show_json.hpp"
#include "bodies/show_page.hpp"

namespace bingefriend {
namespace {

constexpr std::int64_t max_page = 1'000;
constexpr std::size_t max_search_bytes = 200;  // bytes of a search

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

// Null if nothing is published.
const ShowNames* names_of(const Edition& edition) {
    if (edition.generation() && edition.names() == nullptr) {
        throw Error(ErrorKind::unavailable, "the stored names of the published generation cannot be used", "",
                    "publish again with `bingefriend pipeline`");
    }
    return edition.names();
}

// Those of the ids that exist.
std::vector<ShowDetails> shows_of(const Context& context, const std::vector<ShowId>& ids) {
    return context.edition.generation() ? context.service.reader.shows(context.edition.number(), ids)
                                        : std::vector<ShowDetails>();
}

}  // namespace

ShowQuery parse_show(const Input& input) {
    return {show_id_in(input)};
}

Response answer(const ShowQuery& query, const Context& context) {
    const std::vector<ShowDetails> shows = shows_of(context, std::vector{query.show});
    if (shows.empty()) {
        return error_response(404, "No show has this id");
    }
    JsonText json;
    append(json, shows.front());
    return json_response(json);
}

SearchQuery parse_search(const Input& input) {
    const std::string* const text = input.target.value("q");
    if (text == nullptr || text->empty() || text->size() > max_search_bytes) {
        throw BadParameter{"q must be 1 to 200 bytes of a name"};
    }
    return {*text, static_cast<std::size_t>(number_in(input.target, "limit", 1, 50, 10))};
}

Response answer(const SearchQuery& query, const Context& context) {
    const ShowNames* const names = names_of(context.edition);
    const std::vector<ShowDetails> shows =
        shows_of(context, names == nullptr ? std::vector<ShowId>() : names->find(query.text, query.limit));
    JsonText json;
    json.begin_object();
    json.member("q", query.text);
    json.member("count", static_cast<std::int64_t>(shows.size()));
    append(json, shows);
    json.end_object();
    return json_response(json);
}

PageQuery parse_page(const Input& input) {
    PageQuery query{.ids = {},
                    .offset = number_in(input.target, "offset", 0, std::int64_t{1} << 40, 0),
                    .limit = number_in(input.target, "limit", 1, max_page, 100)};
    if (input.target.value("show_ids") != nullptr) {
        query.ids = ids_in(input.target, "show_ids", static_cast<std::size_t>(max_page));
    }
    return query;
}

Response answer(const PageQuery& query, const Context& context) {
    const ShowNames* const names = names_of(context.edition);
    const std::span<const ShowId> ids = names == nullptr ? std::span<const ShowId>() : names->ids();
    auto page = std::make_unique<ShowPage>(ShowPage::Contents{
        .generation = context.edition.number(),
        .ids = query.ids ? those_of(ids, *query.ids) : ids_from(ids, query.offset, query.limit),
        .offset = query.offset,
        .limit = query.limit});
    Response response;
    response.body = page->next(context.service.reader);
    if (!page->is_done()) {
        context.rest = std::move(page);
    }
    return response;
}

}  // namespace bingefriend
