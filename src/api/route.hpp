// The table of the API: which function answers which method and path.
//
// An endpoint is added in four places; a test fails if one of them is missing:
//   1. a query, `NAMEQuery parse_NAME(const Input&)` and `Response answer(const NAMEQuery&, const Context&)`,
//      declared in endpoints.hpp;
//   2. a line in the table of route.cpp, with the parameters of the query that it reads;
//   3. its path in docs/openapi.yaml, with the operationId of that line, its parameters, an example of
//      each, and the schema of every answer: the contract test makes its requests from them;
//   4. deploy/functions/NAME/function.json, unless only a server of its own has it (tests/functions_test.py).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/target.hpp"
#include "bodies/body_source.hpp"
#include "edition/edition.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace bingefriend {

class Service;

// The parameters of a path, by name.
using PathParameters = std::vector<std::pair<std::string_view, std::string_view>>;
// Empty if there is none of this name.
[[nodiscard]] std::string_view value_of(const PathParameters& parameters, std::string_view name);

// What a query is parsed from.
struct Input {
    const Request& request;
    const Target& target;
    const PathParameters& parameters;
};

// What a response is made from.
struct Context {
    const Edition& edition;
    Service& service;  // what all requests share
    std::vector<Recommendation>*
        list;  // the stored list of the query, if it was read already; to be moved from
    std::unique_ptr<BodySource>& rest;  // set if the body is too large to be made at once
};

// The first n entries of a show's stored list.
struct StoredList {
    ShowId show{};
    std::size_t n = 0;
};

// A query, ready to be answered.
struct ParsedQuery {
    // Called on any thread of the server, once or more; may block on the database.  Errors are logged and
    // become 500, or 503 for Error{unavailable}; BadParameter becomes 400.
    std::function<Response(const Context&)> answer;
    std::optional<StoredList> list;  // that the answer shows: the lists of many queries are read in one batch
};

// Parses the query of a request.  Throws BadParameter, which becomes 400.
using Endpoint = ParsedQuery (*)(const Input&);

enum class Kind {
    published,  // a function of the generation and the target: has an ETag and is kept in the cache
    computed,   // asks the database each time
    operation,  // of the server itself: answered at once, whatever the database does
    state,      // of the generation and the database: looked up anew, then as an operation
    document,   // never changes while the server runs: has an ETag
};

struct Route {
    std::string_view method;     // "GET", which brings HEAD with it, or "POST"
    std::string_view path;       // "/shows/{show_id}/recommendations"; a literal wins over a {parameter}
    std::string_view operation;  // its operationId in docs/openapi.yaml
    Endpoint endpoint;
    std::span<const std::string_view> parameters;  // of the query; it sees no others
    Kind kind = Kind::published;                   // of a POST: computed
    bool needs_key = false;                        // API_KEY; its answers are never cached
    bool is_indexed_read =
        false;  // one short read; queries that show a stored list are, too; all else is computed
};

[[nodiscard]] std::span<const Route> routes();

// The routes of a path, in the order of the table: one a method.  Empty if the path is unknown.
struct Match {
    std::vector<const Route*> routes;
    PathParameters parameters;

    // The route that answers this method; null if none does.
    [[nodiscard]] const Route* of(std::string_view method) const;
    // "GET, HEAD, OPTIONS"
    [[nodiscard]] std::string allowed() const;
};
[[nodiscard]] Match match(const Target& target);

// Whether a route answers the request that tells how the server is: /livez and /readyz.
[[nodiscard]] bool is_probe(const Request& request);

}  // namespace bingefriend
