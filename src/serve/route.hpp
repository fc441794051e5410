// The table of the API: which function answers which method and path.
//
// An endpoint is added in two places:
//   1. a function `Response NAME(const Call&)` in a file of its kind, declared in endpoints.hpp;
//   2. a line in the table of route.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/published.hpp"
#include "serve/request.hpp"
#include "serve/response.hpp"

namespace bingefriend {

// Gives the reader of this thread, opened when it is first needed.
class ReaderSource {
  public:
    explicit ReaderSource(ReaderFactory open) : open_(std::move(open)) {}

    // Throws as the factory does.
    [[nodiscard]] PublishedReader& reader() {
        if (!reader_) {
            reader_ = open_();
        }
        return *reader_;
    }

    // The next question opens a new one.
    void discard() noexcept { reader_.reset(); }

  private:
    ReaderFactory open_;
    std::unique_ptr<PublishedReader> reader_;
};

// What an endpoint may see and use while it answers.
struct Call {
    const Request& request;
    const Target& target;
    std::vector<std::pair<std::string_view, std::string_view>> parameters;  // of the path, by name
    ReaderSource& source;
    std::string_view version;

    [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

// Answers one call, on any thread of the server, and may block on the database.  What it throws is
// logged and becomes 500, or 503 for Error{unavailable}; a wrong request is an error_response(400, ...).
using Endpoint = Response (*)(const Call&);

struct Route {
    std::string_view method;     // "GET", which brings HEAD with it, or "POST"
    std::string_view path;       // "/shows/{show_id}/recommendations"; a literal wins over a {parameter}
    std::string_view operation;  // its operationId in the OpenAPI document
    Endpoint endpoint;
};

[[nodiscard]] std::span<const Route> routes();

// The routes of a path, in the order of the table: one a method.  Empty where the path is unknown.
struct Match {
    std::vector<const Route*> routes;
    std::vector<std::pair<std::string_view, std::string_view>> parameters;

    // The route that answers this method; null where none does.
    [[nodiscard]] const Route* of(std::string_view method) const;
    // "GET, HEAD, OPTIONS"
    [[nodiscard]] std::string allowed() const;
};
[[nodiscard]] Match match(const Target& target);

}  // namespace bingefriend
