#include "api/respond.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "api/parameters.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "bodies/gzip.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t worth_compressing = 1'400;  // bytes: more than one packet

Response database_unavailable() {
    Response response = error_response(503, "The database cannot be used now");
    response.add_header("Retry-After", "5");
    return response;
}

// The log has the cause, the response does not.
Response failure(const Request& request, const Route& route, const std::exception_ptr& cause) {
    try {
        std::rethrow_exception(cause);
    } catch (const Error& error) {
        spdlog::error("{} {}: {}", request.id, route.operation, error.what());
        const ErrorKind kind = error.kind();
        if (kind == ErrorKind::unavailable || kind == ErrorKind::damaged || kind == ErrorKind::foreign) {
            return database_unavailable();
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
            edition_ = service_.editions.current();
            response = known();
        }
        return response ? std::optional(finished(std::move(*response))) : std::nullopt;
    } catch (const std::exception& error) {
        spdlog::error("{}: {}", request_.id, error.what());
        return finished(error_response(500, "Internal server error"));
    }
}

bool Exchange::has_tag() const {
    return !route_->needs_key &&
           ((route_->kind == Kind::published && route_->method == "GET" && edition_->generation()) ||
            route_->kind == Kind::document);
}

std::string Exchange::cache_key() const {
    return canonical_ + (gzip_ ? "gzip" : "");
}

std::optional<Response> Exchange::known() {
    gzip_ = accepts_gzip(request_.accept_encoding);
    if (!request_.if_none_match.empty() && has_tag() &&
        names_tag(request_.if_none_match, edition_->tag(canonical_))) {
        Response unchanged;
        unchanged.status = 304;
        mark(unchanged);
        return unchanged;
    }
    if (route_->kind == Kind::operation || route_->kind == Kind::document) {
        std::optional<Response> refused = parse();
        return refused ? std::move(refused) : from_endpoint();
    }
    if (has_tag()) {
        if (const auto kept = edition_->answers().find(cache_key())) {
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
    return service_.editions.last_look_failed() && route_->kind != Kind::state ? database_unavailable()
                                                                               : parse();
}

Response Exchange::from_endpoint(std::vector<Recommendation>* list) {
    std::unique_ptr<BodySource> rest;
    Response response;
    try {
        response = query_.answer({*edition_, service_, list, rest});
    } catch (const BadParameter& bad) {
        return error_response(400, bad.expected, "invalid_parameter");
    } catch (const GenerationGone&) {
        throw;
    } catch (...) {
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

void Exchange::keep(Response& response) const {
    response.body.shrink_to_fit();
    BytesInFlight::Hold held = service_.in_flight.hold(response.body.capacity());
    const auto cached = std::make_shared<const CachedAnswer>(
        CachedAnswer{response.status, std::move(response.body), std::move(held)});
    response.cached_body = {cached, &cached->body};
    std::string key = cache_key();
    const std::size_t bytes = key.capacity() + sizeof(CachedAnswer) + cached->body.capacity();
    edition_->answers().put(std::move(key), cached, bytes);
}

bool Exchange::needs_look() const {
    return !rest_ && (route_->kind == Kind::state || !edition_->generation());
}

Response Exchange::from_edition(std::optional<std::vector<Recommendation>> list) {
    Response response = from_endpoint(list ? &*list : nullptr);
    if (has_tag() && response.error.empty()) {
        if (edition_->answers().is_enabled() && !rest_) {
            keep(response);
        }
        mark(response);
    }
    return response;
}

// The headers that let a client cache the response.
void Exchange::mark(Response& response) const {
    if (response.status != 200 && response.status != 304) {
        return;
    }
    if (response.status == 200 && trimmed(request_.if_none_match) == "*") {
        response = Response{.status = 304};
    }
    response.add_header("ETag", edition_->tag(canonical_));
    response.add_header("Cache-Control", fmt::format("public, max-age={}", service_.options.max_age.count()));
}

// The response to a query that cannot be parsed.
std::optional<Response> Exchange::parse() {
    try {
        query_ = route_->endpoint({request_, target_, match_.parameters});
        return {};
    } catch (const BadParameter& bad) {
        return error_response(400, bad.expected, "invalid_parameter");
    }
}

bool Exchange::is_indexed_read() const {
    return query_.list || route_->is_indexed_read || route_->kind == Kind::state;
}

Response Exchange::failed(const std::exception_ptr& cause) {
    rest_.reset();
    return finished(failure(request_, *route_, cause));
}

Response Exchange::busy() {
    Response busy = error_response(503, "The server is busy");
    busy.add_header("Retry-After", "1");
    return finished(std::move(busy));
}

Response Exchange::answer_from_database(Patience patience, std::optional<std::vector<Recommendation>> list) {
    try {
        if (rest_) {
            return next_piece();
        }
        if (needs_look()) {
            edition_ = service_.editions.refresh();
        }
        try {
            return finished(from_edition(std::move(list)));
        } catch (const GenerationGone&) {
            const auto gone = edition_;
            if (patience == Patience::may_wait) {
                edition_ = service_.editions.look();
            }
            if (edition_ == gone) {
                throw;
            }
        }
        return finished(from_edition({}));
    } catch (const GenerationGone&) {
        if (patience == Patience::must_not_wait) {
            throw;
        }
        return failed(std::current_exception());
    } catch (...) {
        return failed(std::current_exception());
    }
}

// Of the same generation, even if another is published by now; not of another database.
Response Exchange::next_piece() {
    if (replaces(service_.editions.current()->generation(), generation_of_rest_)) {
        throw Error(ErrorKind::unavailable, "the database was replaced while a response was made from it");
    }
    Response piece;
    piece.body = rest_->next(service_.reader);
    if (rest_->is_done()) {
        rest_.reset();
    }
    hold_piece(piece.body.capacity());
    return piece;
}

// An unfinished body counts as much memory as a large piece all the time, so that other bodies do not take
// its place between two pieces.
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
        generation_of_rest_ = std::exchange(edition_, nullptr)->generation();
        hold_piece(response.body.capacity());
    } else if (!response.body.empty()) {
        response.held = service_.in_flight.hold(response.body.capacity());
    }
    return response;
}

}  // namespace bingefriend
