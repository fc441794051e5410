// The endpoints in the table of routes. docs/openapi.yaml describes their parameters and responses.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/parameters.hpp"
#include "api/route.hpp"
#include "edition/query.hpp"

namespace bingefriend {

// The endpoint of a query with parameters.
template <auto parse>
[[nodiscard]] ParsedQuery endpoint(const Input& input) {
    auto query = parse(input);
    ParsedQuery parsed;
    if constexpr (requires { query.stored_list(); }) {
        parsed.list = query.stored_list();
    }
    parsed.answer = [query = std::move(query)](const Context& context) { return answer(query, context); };
    return parsed;
}

// The endpoint of a query without parameters.
template <Response (*answer)(const Context&)>
[[nodiscard]] ParsedQuery plain(const Input&) {
    return {.answer = answer, .list = {}};
}

// The id of the show that the path names.
[[nodiscard]] ShowId show_id_in(const Input& input);

// recommendations.cpp
struct ListQuery {
    ShowId show;
    Query query;
    [[nodiscard]] std::optional<StoredList> stored_list() const;
};
struct MixQuery {
    Query query;
};
struct SimilarQuery {
    Query query;
    std::string_view body;  // of the request; parsed with the answer, as that takes time
};
[[nodiscard]] ListQuery parse_list(const Input& input);
[[nodiscard]] MixQuery parse_mix(const Input& input);
[[nodiscard]] SimilarQuery parse_similar(const Input& input);
[[nodiscard]] Response answer(const ListQuery& query, const Context& context);
[[nodiscard]] Response answer(const MixQuery& query, const Context& context);
[[nodiscard]] Response answer(const SimilarQuery& query, const Context& context);
// Throws Error{unavailable} if nothing is published, or was published without features that can be used.
[[nodiscard]] const IndexedFeatures& features_of(const Edition& edition);

// catalogue.cpp
struct ShowQuery {
    ShowId show;
};
struct SearchQuery {
    std::string text;
    std::size_t limit;
};
struct PageQuery {
    std::optional<std::vector<ShowId>> ids;  // else by offset
    std::int64_t offset;
    std::int64_t limit;
};
[[nodiscard]] ShowQuery parse_show(const Input& input);
[[nodiscard]] SearchQuery parse_search(const Input& input);
[[nodiscard]] PageQuery parse_page(const Input& input);
[[nodiscard]] Response answer(const ShowQuery& query, const Context& context);
[[nodiscard]] Response answer(const SearchQuery& query, const Context& context);
[[nodiscard]] Response answer(const PageQuery& query, const Context& context);

// overview.cpp
[[nodiscard]] Response catalogue(const Context& context);
[[nodiscard]] Response distribution(const Context& context);
[[nodiscard]] Response generations(const Context& context);
[[nodiscard]] Response runs(const Context& context);

// web_page.cpp
struct AssetQuery {
    std::string name;
};
[[nodiscard]] AssetQuery parse_asset(const Input& input);
[[nodiscard]] Response answer(const AssetQuery& query, const Context& context);
[[nodiscard]] Response page(const Context& context);
[[nodiscard]] Response status_page(const Context& context);

// operation.cpp
[[nodiscard]] Response stats(const Context& context);
[[nodiscard]] Response health(const Context& context);
[[nodiscard]] Response liveness(const Context& context);
[[nodiscard]] Response readiness(const Context& context);
[[nodiscard]] Response metrics(const Context& context);

// documents.cpp
[[nodiscard]] Response open_api(const Context& context);
[[nodiscard]] Response docs(const Context& context);

}  // namespace bingefriend
