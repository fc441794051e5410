// How a connection answers: from a whole request to the last byte sent.
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "http/connection.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;

// The end of a body whose length is unknown: the last chunk, or for HTTP/1.0 the end of the connection.
BodyEnd body_end(const Response& response, bool http_1_0) {
    return !response.rest ? BodyEnd::length : http_1_0 ? BodyEnd::close : BodyEnd::last_chunk;
}

// Logs a request when its response was sent or failed.
struct LogAtEnd {
    LogAtEnd(AccessLogger& logger, const AccessRecord& of_request) : log(logger), record(of_request) {}
    LogAtEnd(const LogAtEnd&) = delete;
    LogAtEnd& operator=(const LogAtEnd&) = delete;
    ~LogAtEnd() { log.write(record); }

    AccessLogger& log;
    const AccessRecord& record;
};

}  // namespace

// The response to a request beyond the limits.
std::optional<Response> HttpConnection::refusal(const Request& request, const std::string& client,
                                                Clock::time_point now) {
    if (request.target.size() > server_.limits.target_bytes) {
        return error_response(414, "The request target is too long");
    }
    if (server_.rates.is_active() && !server_.handler.is_unlimited(request)) {
        if (const auto wait = server_.rates.refused(client, now)) {
            Response response = error_response(429, "Too many requests");
            response.add_header("Retry-After", std::to_string(wait->count()));
            return response;
        }
    }
    return {};
}

Awaitable<bool> HttpConnection::answer(RequestReader& reader) {
    const Clock::time_point arrived = Clock::now();
    wait_for_handler();
    RequestHead& head = reader.head();
    const std::string_view own_id = head.value("X-Request-Id");
    const std::string id = is_request_id(own_id) ? std::string(own_id) : new_request_id();
    const std::string client = server_.proxies.client(peer_, head.value("X-Forwarded-For"));
    const Request request = request_of(head, reader.body(), id);
    Response response;
    if (std::optional<Response> refused = refusal(request, client, arrived)) {
        response = std::move(*refused);
    } else {
        response = co_await server_.handler.respond(request, thread_);
    }
    finish(response, request, server_.options.allowed_origins);
    const std::chrono::nanoseconds took = Clock::now() - arrived;
    server_.metrics.count(response.route, response.status, took);
    const AccessRecord record{.request_id = id,
                              .client = client,
                              .method = request.method,
                              .target = request.target,
                              .route = response.route ? server_.routes[*response.route].path : "",
                              .user_agent = head.value("User-Agent"),
                              .status = response.status,
                              .bytes = response.bytes().size(),
                              .took = took};
    const BodyEnd end = body_end(response, head.http_1_0);
    const bool keep_alive = reader.keep_alive() && !server_.stopping && end != BodyEnd::close;
    std::string response_head = head_of(response, reason_of(response.status), id, keep_alive, end);
    const bool with_body = request.method != "HEAD";
    if (response.rest && with_body) {
        co_await send_chunks(response, std::move(response_head), end, record);
    } else {
        server_.access_log.write(record);
        wait_for_client_to_read();
        const std::string_view body = with_body ? response.bytes() : std::string_view();
        co_await send(response_head, body);
    }
    co_return keep_alive;
}

void HttpConnection::wait_for_handler() {
    stream_.expires_never();  // the client is waiting, not the server
    progress_.begin(ClientProgress::Phase::waiting);
}

void HttpConnection::wait_for_client_to_read() {
    stream_.expires_after(server_.limits.write_timeout);
    progress_.begin(ClientProgress::Phase::sending);
}

// Makes each chunk after the previous one was sent, and logs the bytes of the body that were sent.  If the
// body cannot be completed, resets the connection and throws: the client must not mistake a part for the
// whole.
Awaitable<void> HttpConnection::send_chunks(Response& response, std::string before, BodyEnd end,
                                            AccessRecord record) {
    record.bytes = 0;
    const LogAtEnd log{server_.access_log, record};
    std::string chunk = std::move(response.body);
    for (;;) {
        const std::size_t chunk_bytes = chunk.size();
        const bool is_last = response.rest->is_done();
        if (end == BodyEnd::last_chunk && (chunk_bytes != 0 || is_last)) {
            const ChunkFrame frame = chunk_frame(chunk_bytes, is_last);
            before += frame.before;
            chunk += frame.after;
        }
        wait_for_client_to_read();
        co_await send(before, chunk);
        record.bytes += chunk_bytes;
        if (is_last) {
            co_return;
        }
        wait_for_handler();
        before.clear();
        chunk = std::string();
        std::optional<std::string> next = co_await response.rest->next();
        if (!next) {
            boost::system::error_code ignored;
            stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
            stream_.close();
            throw boost::system::system_error(asio::error::connection_aborted);
        }
        chunk = std::move(*next);
    }
}

// Sends both, one after the other.  Counts the bytes as the client takes them.
Awaitable<void> HttpConnection::send(std::string_view first, std::string_view second) {
    std::size_t counted = 0;
    const auto count = [&](const boost::system::error_code& error, std::size_t sent) {
        progress_.add(sent - std::exchange(counted, sent));
        return asio::transfer_all()(error, sent);
    };
    co_await asio::async_write(stream_, std::array{asio::buffer(first), asio::buffer(second)}, count,
                               awaited);
}

}  // namespace bingefriend
