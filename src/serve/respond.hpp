// Request -> response: the way of every request through the table of routes.  Knows no sockets.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "serve/route.hpp"
#include "serve/service.hpp"

namespace bingefriend {

// One request on its way.  answer_at_once() comes first; where it has no answer, answer_from_database()
// gives one and may block.  Nothing here throws: what goes wrong is logged and answered.
class Exchange {
  public:
    Exchange(Service& service, const Request& request) : service_(service), request_(request) {}

    // Refusals, OPTIONS, 304, what the cache holds and what the server knows by itself.  Never waits for the
    // database.
    [[nodiscard]] std::optional<Response> answer_at_once();

    // The list that the database is asked for first; none where it is asked for something else.
    [[nodiscard]] const std::optional<WantedList>& wanted() const { return wanted_; }

    // Whether the answer is an indexed read; else it is computed.
    [[nodiscard]] bool is_indexed_read() const;

    // `list`: that which is wanted, where it was read already.
    [[nodiscard]] Response answer_from_database(ReaderSource& source,
                                                std::optional<ExplainedList> list = std::nullopt);

    // Whether the answer had only the beginning of its body.  answer_from_database() makes the next piece
    // then, as a response that has nothing but a body, or is an error if there are no further pieces.
    [[nodiscard]] bool has_more() const { return rest_ != nullptr; }

    // Whether there is memory for the answer.
    [[nodiscard]] bool has_memory() const;

    // What is answered where the database could not be asked.
    [[nodiscard]] Response failed(const std::exception_ptr& fault);

    // What is answered where it was not asked in time.
    [[nodiscard]] Response busy();

    // What answers the request, once it has passed answer_at_once(); null where nothing does.
    [[nodiscard]] const Route* route() const { return route_; }

  private:
    [[nodiscard]] std::optional<Response> refusal();
    [[nodiscard]] std::optional<Response> key_refusal() const;
    [[nodiscard]] std::optional<Response> known();
    [[nodiscard]] std::optional<WantedList> wants();
    [[nodiscard]] Response next_piece(ReaderSource& source);
    void compress(Response& response);
    void hold_piece(std::size_t bytes);
    [[nodiscard]] Response asked(ReaderSource& source, std::optional<ExplainedList> list);
    [[nodiscard]] Response from_endpoint(ReaderSource& source, ExplainedList* list = nullptr);
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
    std::optional<WantedList> wanted_;
    std::unique_ptr<BodySource> rest_;
    BytesInFlight::Hold piece_held_;
    bool is_malformed_ = false;  // its endpoint only says what is wrong
    bool gzip_ = false;
};

// The answers of exchanges that wait for the database: the lists that they want are read at once, at most
// PublishedReader::most_lists.  None if they would wait for another generation and must not: they can be
// asked for again then.
enum class Patience { may_wait, must_not_wait };
[[nodiscard]] std::optional<std::vector<Response>> answers_from_database(Service& service,
                                                                         std::span<Exchange* const> waiting,
                                                                         Patience patience);

// Both steps for one request.
[[nodiscard]] Response respond(Service& service, const Request& request);

}  // namespace bingefriend
