// The only source that includes Beast: its headers cost seconds to compile.
#include "serve/http_connection.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <string_view>

#include "serve/http_head.hpp"
#include "serve/request_id.hpp"
#include "serve/respond.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Bytes = Outbox::Bytes;
using Clock = HttpConnection::Clock;
using HttpRequest = http::request<http::string_body>;
using HttpParser = http::request_parser<http::string_body>;

constexpr std::size_t bytes_while_idle = 1'024;    // that a connection holds, and of a header
constexpr std::size_t bytes_at_once = 16 * 1'024;  // of a body

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

// The status for a request that could not be read; 0 where the connection just ended.
unsigned status_of(const error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return 431;
    }
    if (error == http::error::body_limit) {
        return 413;
    }
    const bool malformed = error.category() == http::make_error_code(http::error::bad_method).category() &&
                           error != http::error::end_of_stream && error != http::error::partial_message;
    return malformed ? 400 : 0;
}

std::string_view message_of(unsigned status) {
    return status == 431   ? "The request header is too large"
           : status == 413 ? "The request body is too large"
                           : "Bad request";
}

std::string_view key_of(const HttpRequest& request) {
    constexpr std::string_view bearer = "Bearer ";
    if (const auto at = request.find("X-API-Key"); at != request.end()) {
        return view(at->value());
    }
    const std::string_view authorization = view(request[http::field::authorization]);
    return authorization.starts_with(bearer) ? authorization.substr(bearer.size()) : std::string_view();
}

Request request_of(const HttpRequest& request, std::string_view id) {
    return {.method = view(request.method_string()),
            .target = view(request.target()),
            .body = request.body(),
            .id = id,
            .if_none_match = view(request[http::field::if_none_match]),
            .origin = view(request[http::field::origin]),
            .accept_encoding = view(request[http::field::accept_encoding]),
            .content_type = view(request[http::field::content_type]),
            .key = key_of(request)};
}

// Those who watch over the server are never told to wait.
bool is_probe(std::string_view target) {
    return target.ends_with("/livez") || target.ends_with("/readyz");
}

}  // namespace

struct HttpConnection::State : std::enable_shared_from_this<State> {
    State(NetworkSocket from_client, std::string from, Serving& shared, AnswerQueue& answers, Outbox& out)
        : serving(shared),
          database(answers),
          outbox(out),
          socket(std::move(from_client)),
          watch(socket.get_executor()),
          buffer(serving.limits.header_bytes + serving.limits.body_bytes),
          peer(std::move(from)) {}

    Awaitable<void> serve();
    Awaitable<bool> serve_request();
    Awaitable<error_code> wait_for_request();
    Awaitable<error_code> read(HttpParser& parser);
    Awaitable<error_code> receive(std::size_t at_most);
    Awaitable<bool> answer(const HttpRequest& request);
    Awaitable<bool> refuse(unsigned status);
    Awaitable<void> send(const Response& response, std::string_view id, bool keep_alive, bool with_body);
    Awaitable<void> send(Bytes bytes);
    void allow(std::chrono::milliseconds time) { deadline = Clock::now() + time; }
    void watch_deadline();

    Serving& serving;
    AnswerQueue& database;
    Outbox& outbox;
    NetworkSocket socket;
    asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, NetworkExecutor> watch;
    Clock::time_point deadline;  // of what is waited for
    beast::flat_buffer buffer;
    std::string peer;
    std::atomic<Clock::rep> idle_since = 0;  // 0: a request is under way
};

// Closes the connection at its deadline, or a moment later.  Deadlines move with every request, the timer
// does not: it looks as often as the nearest of them may come.
void HttpConnection::State::watch_deadline() {
    constexpr std::chrono::milliseconds moment(10);
    const ServerLimits& limits = serving.limits;
    const auto nearest =
        std::max(moment, std::min({limits.idle_timeout, limits.request_timeout, limits.write_timeout}));
    watch.expires_at(std::min(deadline, Clock::now() + nearest));
    watch.async_wait([self = shared_from_this()](const error_code& cancelled) {
        if (cancelled || !self->socket.is_open()) {
            return;
        }
        if (Clock::now() < self->deadline) {
            self->watch_deadline();
        } else {
            error_code ignored;
            self->socket.close(ignored);
        }
    });
}

Awaitable<void> HttpConnection::State::serve() {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    allow(serving.limits.idle_timeout);
    watch_deadline();
    try {
        while (co_await serve_request()) {
        }
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    } catch (const boost::system::system_error&) {
        // The other side went away or was too slow.
    } catch (const std::exception& error) {
        spdlog::error("a connection failed: {}", error.what());
    }
    socket.close(ignored);
    watch.cancel();
}

Awaitable<error_code> HttpConnection::State::receive(std::size_t at_most) {
    error_code error;
    const std::size_t room = std::min(at_most, buffer.max_size() - buffer.size());
    if (room == 0) {
        co_return http::error::buffer_overflow;
    }
    buffer.commit(
        co_await socket.async_read_some(buffer.prepare(room), asio::redirect_error(awaited, error)));
    co_return error;
}

// An idle connection waits for its first byte longer than a request may take to arrive.
Awaitable<error_code> HttpConnection::State::wait_for_request() {
    if (buffer.size() != 0) {
        co_return error_code();
    }
    if (buffer.capacity() > bytes_while_idle) {
        buffer.shrink_to_fit();
    }
    idle_since = Clock::now().time_since_epoch().count();
    allow(serving.limits.idle_timeout);
    if (serving.stopping) {
        co_return asio::error::operation_aborted;
    }
    const error_code error = co_await receive(bytes_while_idle);
    idle_since = 0;
    co_return error;
}

Awaitable<error_code> HttpConnection::State::read(HttpParser& parser) {
    parser.eager(true);
    parser.header_limit(serving.limits.header_bytes);
    parser.body_limit(serving.limits.body_bytes);
    allow(serving.limits.request_timeout);
    bool told_to_go_on = false;
    for (;;) {
        error_code error;
        buffer.consume(parser.put(buffer.data(), error));
        if (parser.is_done() || (error && error != http::error::need_more)) {
            co_return error;
        }
        if (parser.is_header_done() && !told_to_go_on &&
            beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            told_to_go_on = true;
            co_await send({asio::buffer(go_on), {}});
        }
        const std::size_t bytes = parser.is_header_done() ? bytes_at_once : bytes_while_idle;
        if (const error_code ended = co_await receive(bytes)) {
            co_return ended;
        }
    }
}

// Reads one request and answers it; whether the connection goes on.
Awaitable<bool> HttpConnection::State::serve_request() {
    if (serving.stopping || co_await wait_for_request()) {
        co_return false;
    }
    HttpParser parser;
    if (const error_code error = co_await read(parser)) {
        const unsigned status = status_of(error);
        co_return status != 0 && co_await refuse(status);
    }
    co_return co_await answer(parser.get());
}

// To a request that could not be read.
Awaitable<bool> HttpConnection::State::refuse(unsigned status) {
    const std::string id = new_request_id();
    const Response response = refused(serving.service, {.id = id}, status, message_of(status));
    serving.service.metrics.count(nullptr, status, {});
    serving.access_log.write(
        {.request_id = id, .client = peer, .method = "-", .target = "-", .status = status});
    co_await send(response, id, false, true);
    co_return false;
}

Awaitable<bool> HttpConnection::State::answer(const HttpRequest& message) {
    const Clock::time_point came = Clock::now();
    deadline = Clock::time_point::max();  // the client is waiting now, not the server
    const std::string_view own_id = view(message["X-Request-Id"]);
    const std::string id = is_request_id(own_id) ? std::string(own_id) : new_request_id();
    const std::string client = serving.proxies.client(peer, view(message["X-Forwarded-For"]));
    const Request request = request_of(message, id);
    Exchange exchange(serving.service, request);
    Response response;
    if (request.target.size() > serving.limits.target_bytes) {
        response = refused(serving.service, request, 414, "The request target is too long");
    } else if (const auto wait =
                   is_probe(request.target) ? std::nullopt : serving.rates.refused(client, came)) {
        response = refused(serving.service, request, 429, "Too many requests");
        response.add_header("Retry-After", std::to_string(wait->count()));
    } else if (std::optional<Response> at_once = exchange.answer_at_once()) {
        response = std::move(*at_once);
    } else {
        response = co_await database.answer(exchange);
    }
    const std::chrono::nanoseconds took = Clock::now() - came;
    serving.service.metrics.count(exchange.route(), response.status, took);
    if (serving.options.access_log != AccessLog::off) {
        serving.access_log.write({.request_id = id,
                                  .client = client,
                                  .method = request.method,
                                  .target = request.target,
                                  .route = exchange.route() == nullptr ? "" : exchange.route()->path,
                                  .user_agent = view(message[http::field::user_agent]),
                                  .status = response.status,
                                  .bytes = response.bytes().size(),
                                  .took = took});
    }
    const bool keep_alive = message.keep_alive() && !serving.stopping;
    co_await send(response, id, keep_alive, message.method() != http::verb::head);
    co_return keep_alive;
}

Awaitable<void> HttpConnection::State::send(const Response& response, std::string_view id, bool keep_alive,
                                            bool with_body) {
    const std::string head =
        head_of(response, view(http::obsolete_reason(http::int_to_status(response.status))), id, keep_alive);
    const std::string_view body = with_body ? response.bytes() : std::string_view();
    allow(serving.limits.write_timeout);
    co_await send({asio::buffer(head), asio::buffer(body)});
}

// Most of what is sent finds room at once.
Awaitable<void> HttpConnection::State::send(Bytes bytes) {
    std::size_t sent = co_await outbox.send(socket, bytes);
    for (asio::const_buffer& part : bytes) {
        const std::size_t of_part = std::min(sent, part.size());
        part += of_part;
        sent -= of_part;
    }
    if (asio::buffer_size(bytes) != 0) {
        co_await asio::async_write(socket, bytes, awaited);
    }
}

HttpConnection::HttpConnection(NetworkSocket socket, std::string peer, Serving& serving,
                               AnswerQueue& database, Outbox& outbox)
    : state_(std::make_shared<State>(std::move(socket), std::move(peer), serving, database, outbox)) {}

HttpConnection::~HttpConnection() = default;

Awaitable<void> HttpConnection::serve() {
    return state_->serve();
}

const std::string& HttpConnection::peer() const {
    return state_->peer;
}

Clock::rep HttpConnection::idle_since() const {
    return state_->idle_since;
}

void HttpConnection::close_if_idle(const std::shared_ptr<HttpConnection>& connection) {
    asio::post(connection->state_->socket.get_executor(), [connection] {
        if (connection->idle_since() != 0) {
            error_code ignored;
            connection->state_->socket.close(ignored);
        }
    });
}

}  // namespace bingefriend
