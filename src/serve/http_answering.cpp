// The answers of a connection: from a whole request to the last byte sent.
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "serve/http_connection_state.hpp"
#include "serve/request_id.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;

// What tells the client that a body is at its end before it is begun: chunks, which HTTP/1.0 does not know.
BodyEnd end_of(const Exchange& exchange, bool http_1_0) {
    return !exchange.has_more() ? BodyEnd::length : http_1_0 ? BodyEnd::close : BodyEnd::last_chunk;
}

}  // namespace

// How long the client has to wait.  Those who watch over the server never are told to.
std::optional<std::chrono::seconds> HttpConnection::State::rate_limited(const Request& request,
                                                                        const std::string& client,
                                                                        Clock::time_point now) {
    return serving.rates.limits_any() && !is_probe(request) ? serving.rates.refused(client, now)
                                                            : std::nullopt;
}

Awaitable<bool> HttpConnection::State::answer(RequestReader& reader) {
    const Clock::time_point came = Clock::now();
    wait_for_answer();
    RequestHead& head = reader.head();
    const std::string_view own_id = head.value("X-Request-Id");
    const std::string id = is_request_id(own_id) ? std::string(own_id) : new_request_id();
    const std::string client = serving.proxies.client(peer, head.value("X-Forwarded-For"));
    const Request request = request_of(head, reader.body(), id);
    Exchange exchange(serving.service, request);
    Response response;
    if (request.target.size() > serving.limits.target_bytes) {
        response = refused(serving.service, request, 414, "The request target is too long");
    } else if (const auto wait = rate_limited(request, client, came)) {
        response = refused(serving.service, request, 429, "Too many requests");
        response.add_header("Retry-After", std::to_string(wait->count()));
    } else if (std::optional<Response> at_once = exchange.answer_at_once()) {
        response = std::move(*at_once);
    } else if (AnswerQueue& queue = exchange.is_indexed_read() ? indexed : computed; !queue.reserve_place()) {
        ++serving.service.metrics.refused_computations;
        response = exchange.busy();
    } else {
        response = co_await queue.answer(exchange);
    }
    const std::chrono::nanoseconds took = Clock::now() - came;
    serving.service.metrics.count(exchange.route(), response.status, took);
    AccessRecord record{.request_id = id,
                        .client = client,
                        .method = request.method,
                        .target = request.target,
                        .route = exchange.route() == nullptr ? "" : exchange.route()->path,
                        .user_agent = head.value("User-Agent"),
                        .status = response.status,
                        .bytes = response.bytes().size(),
                        .took = took};
    const BodyEnd end = end_of(exchange, head.http_1_0);
    const bool keep_alive = reader.keep_alive() && !serving.stopping && end != BodyEnd::close;
    std::string answer_head = head_of(response, reason_of(response.status), id, keep_alive, end);
    const bool with_body = request.method != "HEAD";
    if (exchange.has_more() && with_body) {
        record.bytes = 0;
        try {
            co_await send_in_pieces(exchange, std::move(response), std::move(answer_head), end, record.bytes);
        } catch (...) {
            serving.access_log.write(record);
            throw;
        }
        serving.access_log.write(record);
    } else {
        serving.access_log.write(record);
        wait_for_client_to_read();
        co_await send(answer_head, with_body ? response.bytes() : "");
    }
    co_return keep_alive;
}

void HttpConnection::State::wait_for_answer() {
    deadline = Clock::time_point::max();  // the client is waiting, not the server
    progress.begin(Progress::Phase::at_work);
}

void HttpConnection::State::wait_for_client_to_read() {
    allow(serving.limits.write_timeout);
    progress.begin(Progress::Phase::sending);
}

// Makes each piece when the one before was taken.  Throws if there are no further ones: the client must not
// take what it has for the whole.  Counts the bytes of the body that were sent.
Awaitable<void> HttpConnection::State::send_in_pieces(Exchange& exchange, Response response,
                                                      std::string before, BodyEnd end, std::size_t& bytes) {
    for (;;) {
        const std::size_t of_piece = response.body.size();
        const bool is_last = !exchange.has_more();
        if (end == BodyEnd::last_chunk && (of_piece != 0 || is_last)) {
            const ChunkFrame frame = chunk_frame(of_piece, is_last);
            before += frame.before;
            response.body += frame.after;
        }
        wait_for_client_to_read();
        co_await send(before, response.body);
        bytes += of_piece;
        if (is_last) {
            co_return;
        }
        wait_for_answer();
        before.clear();
        response.body = std::string();
        computed.take_place();
        Response next = co_await computed.answer(exchange);
        if (!next.error.empty()) {
            boost::system::error_code ignored;
            socket.set_option(asio::socket_base::linger(true, 0), ignored);  // ends it as a fault would
            socket.close(ignored);
            throw boost::system::system_error(asio::error::connection_aborted);
        }
        response = std::move(next);
    }
}

// Sends both, one after the other.  Counts the bytes as the client takes them.
Awaitable<void> HttpConnection::State::send(std::string_view first, std::string_view second) {
    std::size_t counted = 0;
    const auto count = [&](const boost::system::error_code& error, std::size_t sent) {
        progress.add(sent - std::exchange(counted, sent));
        return asio::transfer_all()(error, sent);
    };
    co_await asio::async_write(socket, std::array{asio::buffer(first), asio::buffer(second)}, count, awaited);
}

}  // namespace bingefriend
