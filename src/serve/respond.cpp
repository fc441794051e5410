#include "serve/respond.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/digests.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "serve/canonical.hpp"
#include "serve/gzip.hpp"
#include "serve/parameters.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t worth_compressing = 1'400;  // bytes: what does not fit one packet

Response away() {
    Response response = error_response(503, "The database cannot be used now");
    response.add_header("Retry-After", "5");
    return response;
}

// The log has the cause, the answer does not.
Response failure(const Request& request, const Route& route, const std::exception_ptr& fault) {
    try {
        std::rethrow_exception(fault);
    } catch (const Error& error) {
        spdlog::error("{} {}: {}", request.id, route.operation, error.what());
        const ErrorKind kind = error.kind();
        if (kind == ErrorKind::unavailable || kind == ErrorKind::damaged || kind == ErrorKind::foreign) {
            return away();
        }
    } catch (const std::exception& error) {
        spdlog::error("{} {}: {}", request.id, route.operation, error.what());
    }
    return error_response(500, "Internal server error");
}

}  // namespace

std::optional<Response> Exchange::answer_at_once() {
    try {
        std::optional<Response> response = refusal();
        if (!response) {
            published_ = service_.publication.now();
            response = known();
        }
        if (!response) {
            wanted_ = wants();
        }
        return response ? std::optional(finished(std::move(*response))) : std::nullopt;
    } catch (const std::exception& error) {
        spdlog::error("{}: {}", request_.id, error.what());
        return finished(error_response(500, "Internal server error"));
    }
}

std::optional<Response> Exchange::refusal() {
    if (request_.method == "OPTIONS" && request_.target == "*") {  // of the server as a whole
        Response options;
        options.status = 204;
        options.add_header("Allow", "GET, HEAD, POST, OPTIONS");
        return options;
    }
    std::optional<Target> target = parse_target(request_.target);
    if (!target) {
        return error_response(400, "The request target cannot be read");
    }
    target_ = std::move(*target);
    match_ = match(target_);
    if (match_.routes.empty()) {
        return error_response(404, "Not found");
    }
    if (request_.method == "OPTIONS") {
        Response options;
        options.status = 204;
        options.add_header("Allow", match_.allowed());
        if (!request_.origin.empty()) {
            options.add_header("Access-Control-Allow-Methods", match_.allowed());
        }
        return options;
    }
    route_ = match_.of(request_.method);
    if (route_ == nullptr) {
        Response refused = error_response(405, "Method not allowed");
        refused.add_header("Allow", match_.allowed());
        return refused;
    }
    target_.keep(route_->parameters);
    canonical_ = canonical_text(target_, *route_);
    return route_->needs_key ? key_refusal() : std::nullopt;
}

std::optional<Response> Exchange::key_refusal() const {
    const std::string& key = service_.options.api_key.reveal();
    if (key.empty() ? service_.admin_open : equal_secrets(request_.key, key)) {
        return {};
    }
    Response refused = error_response(
        401, key.empty() ? "This needs a key, and the server has none: set API_KEY, or ADMIN_OPEN=true"
                         : "This needs a key: X-API-Key, or Authorization: Bearer");
    refused.add_header("WWW-Authenticate", "Bearer");
    return refused;
}

bool Exchange::has_tag() const {
    return !route_->needs_key &&
           ((route_->kind == Kind::published && route_->method == "GET" && published_->generation) ||
            route_->kind == Kind::document);
}

std::string Exchange::cache_key() const {
    return canonical_ + (gzip_ ? "gzip" : "");
}

std::optional<Response> Exchange::known() {
    gzip_ = accepts_gzip(request_.accept_encoding);
    if (!request_.if_none_match.empty() && has_tag() &&
        names_tag(request_.if_none_match, published_->tag(canonical_))) {
        Response unchanged;
        unchanged.status = 304;
        mark(unchanged);
        return unchanged;
    }
    if (route_->kind == Kind::operation || route_->kind == Kind::document) {
        ReaderSource none([]() -> std::unique_ptr<PublishedReader> {
            throw std::logic_error("an operation asked the database");
        });
        return from_endpoint(none);
    }
    if (has_tag()) {
        if (const auto kept = service_.answers.find(cache_key(), published_->number())) {
            Response response;
            response.status = kept->status;
            response.cached_body = {kept, &kept->body};
            if (gzip_ && response.bytes().starts_with("\x1f\x8b")) {
                response.add_header("Content-Encoding", "gzip");
            }
            mark(response);
            return response;
        }
    }
    return service_.publication.away() && route_->kind != Kind::state ? std::optional(away()) : std::nullopt;
}

Response Exchange::from_endpoint(ReaderSource& source, ExplainedList* list) {
    std::unique_ptr<BodySource> rest;
    const Call call{request_, target_, match_.parameters, source, *published_, service_, list, rest};
    Response response;
    try {
        response = route_->endpoint(call);
    } catch (const BadParameter& bad) {
        return error_response(400, bad.expected, "invalid_parameter");
    } catch (...) {
        source.discard();
        return failure(request_, *route_, std::current_exception());
    }
    rest_ = std::move(rest);
    if (response.error.empty()) {
        compress(response);
    }
    return response;
}

// If the client takes that and it is worth it.
void Exchange::compress(Response& response) {
    const bool compressed = gzip_ && response.body.size() >= worth_compressing;
    if (route_->kind == Kind::document) {
        response.cached_body =
            service_.documents.document(canonical_, std::exchange(response.body, {}), compressed);
    } else if (compressed && rest_) {
        auto gzipped = std::make_unique<GzippedBody>(std::move(rest_));
        response.body = gzipped->compressed(response.body);
        rest_ = std::move(gzipped);
    } else if (compressed) {
        response.body = gzipped(response.body);
    }
    if (compressed) {
        response.add_header("Content-Encoding", "gzip");
    }
}

// That an answer is of: where its endpoint does not know, what is published now was published before, too.
std::int64_t Exchange::generation_of(const Response& response, ReaderSource& source) {
    if (response.generation) {
        return *response.generation;
    }
    const std::optional<Generation> current = source.reader().current();
    return current ? current->number : 0;
}

void Exchange::keep(Response& response) const {
    response.body.shrink_to_fit();
    BytesInFlight::Hold held = service_.in_flight.hold(response.body.capacity());
    const auto kept = std::make_shared<const KeptAnswer>(
        KeptAnswer{response.status, std::move(response.body), std::move(held)});
    response.cached_body = {kept, &kept->body};
    std::string key = cache_key();
    const std::size_t bytes = key.capacity() + sizeof(KeptAnswer) + kept->body.capacity();
    service_.answers.keep(std::move(key), published_->number(), kept, bytes);
}

// An answer has the tag of the generation that it is of: where another was published meanwhile,
// the question is asked again.
Response Exchange::asked(ReaderSource& source, std::optional<ExplainedList> list) {
    if (route_->kind == Kind::state || !published_->generation) {
        service_.publication.refresh();
        published_ = service_.publication.now();
    }
    constexpr int attempts = 3;
    Response response;
    for (int i = 0; i < attempts; ++i) {
        response = from_endpoint(source, list ? &*list : nullptr);
        list.reset();
        if (!has_tag() || !response.error.empty()) {
            return response;
        }
        if (generation_of(response, source) == published_->number()) {
            if (service_.answers.keeps_any() && !rest_) {
                keep(response);
            }
            mark(response);
            return response;
        }
        service_.publication.probe();
        published_ = service_.publication.now();
    }
    return response;
}

// The headers by which a client keeps the answer.
void Exchange::mark(Response& response) const {
    if (response.status != 200 && response.status != 304) {
        return;
    }
    if (response.status == 200 && trimmed(request_.if_none_match) == "*") {
        response = Response{.status = 304};
    }
    response.add_header("ETag", published_->tag(canonical_));
    response.add_header("Cache-Control", fmt::format("public, max-age={}", service_.options.max_age.count()));
}

std::optional<WantedList> Exchange::wants() {
    try {
        return route_->wants == nullptr ? std::nullopt : route_->wants(target_, match_.parameters);
    } catch (const BadParameter&) {  // its endpoint will say so
        is_malformed_ = true;
        return {};
    }
}

bool Exchange::is_indexed_read() const {
    return wanted_ || is_malformed_ || route_->is_indexed_read || route_->kind == Kind::state;
}

Response Exchange::failed(const std::exception_ptr& fault) {
    rest_.reset();
    return finished(failure(request_, *route_, fault));
}

Response Exchange::busy() {
    Response busy = error_response(503, "The server is busy");
    busy.add_header("Retry-After", "1");
    return finished(std::move(busy));
}

Response Exchange::answer_from_database(ReaderSource& source, std::optional<ExplainedList> list) {
    try {
        if (rest_) {
            return next_piece(source);
        }
        return finished(asked(source, std::move(list)));
    } catch (...) {
        source.discard();
        return failed(std::current_exception());
    }
}

// Of the same generation, even if another is published by now; not of another database.
Response Exchange::next_piece(ReaderSource& source) {
    if (service_.publication.now()->replaces(*published_)) {
        throw Error(ErrorKind::unavailable, "the database was replaced while an answer was made of it");
    }
    Response piece;
    piece.body = rest_->next(source.reader());
    if (rest_->is_done()) {
        rest_.reset();
    }
    hold_piece(piece.body.capacity());
    return piece;
}

// A body that goes on takes as much as a large piece all the time, so that others do not take its place
// between two of them.
void Exchange::hold_piece(std::size_t bytes) {
    piece_held_ = BytesInFlight::Hold();
    piece_held_ = service_.in_flight.hold(std::max(bytes, BodySource::bytes_of_a_piece));
}

bool Exchange::has_memory() const {
    return rest_ || route_->kind == Kind::state ||
           service_.has_memory(is_indexed_read() ? Service::Share::all : Service::Share::half);
}

Response Exchange::finished(Response response) {
    if (route_ != nullptr && route_->kind == Kind::document && response.status == 200) {
        mark(response);
    }
    if (route_ != nullptr && route_->needs_key) {
        response.add_header("Cache-Control", "private, no-store");
    }
    if (rest_) {
        hold_piece(response.body.capacity());
    } else if (!response.body.empty()) {
        response.held = service_.in_flight.hold(response.body.capacity());
    }
    return response;
}

namespace {

// Whether what tells the reasons of the lists was read.
bool are_known(const std::vector<ExplainedList>& lists, Service& service) {
    const std::int64_t known = service.publication.now()->number();
    return std::all_of(lists.begin(), lists.end(),
                       [&](const ExplainedList& list) { return list.generation == known; }) &&
           service.settled;
}

}  // namespace

std::optional<std::vector<Response>> answers_from_database(Service& service,
                                                           std::span<Exchange* const> waiting,
                                                           Patience patience) {
    const bool must_not_wait = patience == Patience::must_not_wait;
    if (must_not_wait && !service.settled) {
        return {};
    }
    Readers::Lease lease(service.readers);
    std::vector<ShowId> shows;
    std::size_t n = 0;
    for (const Exchange* exchange : waiting) {
        if (const std::optional<WantedList>& wanted = exchange->wanted()) {
            shows.push_back(wanted->show);
            n = std::max(n, wanted->n);
        }
    }
    std::vector<ExplainedList> lists;
    std::exception_ptr fault;
    bool ask_alone = false;
    try {
        if (!shows.empty()) {
            lists = lease.source().reader().lists(shows, n);
        }
    } catch (const Error& error) {
        lease.source().discard();
        fault = std::current_exception();
        // One damaged list must not take the others along.
        ask_alone = error.kind() == ErrorKind::damaged && shows.size() > 1;
    } catch (const std::exception&) {
        lease.source().discard();
        fault = std::current_exception();
    }
    if (must_not_wait && !are_known(lists, service)) {
        return {};
    }
    std::vector<Response> answers;
    answers.reserve(waiting.size());
    auto list = lists.begin();
    for (Exchange* exchange : waiting) {
        if (!exchange->has_memory()) {
            answers.push_back(exchange->busy());
            list += exchange->wanted() && !lists.empty() ? 1 : 0;
        } else if (!exchange->wanted() || ask_alone) {
            answers.push_back(exchange->answer_from_database(lease.source()));
        } else if (!fault) {
            answers.push_back(exchange->answer_from_database(lease.source(), std::move(*list++)));
        } else {
            answers.push_back(exchange->failed(fault));
        }
    }
    return answers;
}

Response respond(Service& service, const Request& request) {
    Exchange exchange(service, request);
    std::optional<Response> response = exchange.answer_at_once();
    Exchange* const waiting = &exchange;
    return response ? std::move(*response)
                    : std::move(answers_from_database(service, {&waiting, 1}, Patience::may_wait)->front());
}

}  // namespace bingefriend
