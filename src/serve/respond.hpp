// Request -> response: the way of every request through the table of routes.  Knows no sockets.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "serve/route.hpp"
#include "serve/service.hpp"

namespace bingefriend {

// One request on its way.  answer_at_once() comes first; where it has no answer, answer_from_database()
// gives one and may block.  Neither throws: what goes wrong is logged and answered.
class Exchange {
  public:
    Exchange(Service& service, const Request& request) : service_(service), request_(request) {}

    // Refusals, OPTIONS, 304, what the cache holds and what the server knows by itself.
    [[nodiscard]] std::optional<Response> answer_at_once();

    [[nodiscard]] Response answer_from_database();

    // What answers the request, once it has passed answer_at_once(); null where nothing does.
    [[nodiscard]] const Route* route() const { return route_; }

  private:
    [[nodiscard]] std::optional<Response> refusal();
    [[nodiscard]] std::optional<Response> known();
    [[nodiscard]] Response asked(ReaderSource& source);
    [[nodiscard]] Response from_endpoint(ReaderSource& source);
    [[nodiscard]] static std::int64_t generation_of(const Response& response, ReaderSource& source);
    [[nodiscard]] bool has_tag() const;
    void keep(Response& response) const;
    [[nodiscard]] std::string cache_key() const;
    void mark(Response& response) const;
    Response finished(Response response);

    Service& service_;
    const Request& request_;
    Target target_;
    std::string canonical_;  // the target as the route reads it: names what is answered
    Match match_;
    const Route* route_ = nullptr;
    std::shared_ptr<const Published> published_;  // as it was when the request came
    bool gzip_ = false;
};

// Both steps at once.
[[nodiscard]] Response respond(Service& service, const Request& request);

// What is answered to a request that went no further than the connection.
[[nodiscard]] Response refused(const Service& service, const Request& request, unsigned status,
                               std::string_view message);

}  // namespace bingefriend
