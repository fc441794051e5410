// Request -> response, by the table of routes.  Knows no sockets.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/route.hpp"
#include "api/service.hpp"

namespace bingefriend {

// Whether a thread may wait for the next edition.
enum class Patience { may_wait, must_not_wait };

// One request in progress.  answer_at_once() comes first; if it returns nothing, answer_from_database() makes
// the response and may block.  Errors are logged and become responses.
class Exchange {
  public:
    Exchange(Service& service, const Request& request) : service_(service), request_(request) {}

    // Refusals, OPTIONS, 304, cached responses and what the server itself knows.  Never reads the
    // database.
    [[nodiscard]] std::optional<Response> answer_at_once();

    // The stored list that the response shows; none if it shows something else.
    [[nodiscard]] const std::optional<StoredList>& wanted() const { return query_.list; }

    // The number of the generation that it reads; 0: none is published.
    [[nodiscard]] std::int64_t generation() const { return edition_->number(); }

    // Whether the response is an indexed read; else it is computed.
    [[nodiscard]] bool is_indexed_read() const;

    // Whether the response needs a look at the database, which may build an edition.
    [[nodiscard]] bool needs_look() const;

    // `list`: the wanted one, if it was read already.  Throws only GenerationGone, and only if it must not
    // wait.
    [[nodiscard]] Response answer_from_database(
        Patience patience, std::optional<std::vector<Recommendation>> list = std::nullopt);

    // Whether the response had only the beginning of its body.  answer_from_database() then makes the next
    // piece, as a response with only a body, or with an error if the body cannot be completed.
    [[nodiscard]] bool has_more() const { return rest_ != nullptr; }

    // Whether there is memory for the response.
    [[nodiscard]] bool has_memory() const;

    // The response after an error.
    [[nodiscard]] Response failed(const std::exception_ptr& cause);

    // The response if the database was not read in time.
    [[nodiscard]] Response busy();

    // The route of the request after answer_at_once(); null if there is none.
    [[nodiscard]] const Route* route() const { return route_; }

  private:
    [[nodiscard]] std::optional<Response> refusal();
    [[nodiscard]] std::optional<Response> key_refusal() const;
    [[nodiscard]] std::optional<Response> known();
    [[nodiscard]] std::optional<Response> parse();
    [[nodiscard]] Response next_piece();
    void compress(Response& response);
    void hold_piece(std::size_t bytes);
    [[nodiscard]] Response from_edition(std::optional<std::vector<Recommendation>> list);
    [[nodiscard]] Response from_endpoint(std::vector<Recommendation>* list = nullptr);
    [[nodiscard]] bool has_tag() const;
    void keep(Response& response) const;
    [[nodiscard]] std::string cache_key() const;
    void mark(Response& response) const;
    Response finished(Response response);

    Service& service_;
    const Request& request_;
    Target target_;
    std::string canonical_;  // the target as the route reads it, spelt alike for equal queries
    Match match_;
    const Route* route_ = nullptr;
    // The current one when the request came.  None once the rest of a body is made: a client that reads
    // slowly does not keep it alive.
    std::shared_ptr<const Edition> edition_;
    ParsedQuery query_;
    std::unique_ptr<BodySource> rest_;
    std::optional<Generation> generation_of_rest_;
    BytesInFlight::Hold piece_held_;
    bool gzip_ = false;
};

}  // namespace bingefriend
