// The only source that includes Beast: its headers cost seconds to compile.
#include "serve/http_connection.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
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
using Clock = HttpConnection::Clock;
using HttpRequest = http::request<http::string_body>;
using HttpParser = http::request_parser<http::string_body>;

constexpr std::size_t bytes_while_idle = 1'024;  // that a connection holds: many requests fit

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

struct HttpConnection::State {
    State(tcp::socket socket, std::string from, Serving& shared)
        : serving(shared),
          stream(std::move(socket)),
          buffer(serving.limits.header_bytes + serving.limits.body_bytes),
          peer(std::move(from)) {}

    asio::awaitable<void> serve();
    asio::awaitable<bool> serve_request();
    asio::awaitable<error_code> wait_for_request();
    asio::awaitable<error_code> read(HttpParser& parser);
    asio::awaitable<bool> answer(const HttpRequest& request);
    asio::awaitable<Response> answered(Exchange& exchange, const Request& request);
    asio::awaitable<bool> refuse(unsigned status);
    asio::awaitable<void> send(const Response& response, std::string_view id, bool keep_alive,
                               bool with_body);

    Serving& serving;
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    std::string peer;
    std::atomic<Clock::rep> idle_since = 0;  // 0: a request is under way
};

asio::awaitable<void> HttpConnection::State::serve() {
    error_code ignored;
    tcp::socket& socket = stream.socket();
    socket.set_option(tcp::no_delay(true), ignored);
    try {
        while (co_await serve_request()) {
        }
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    } catch (const boost::system::system_error&) {
        // The other side went away or was too slow.
    } catch (const std::exception& error) {
        spdlog::error("a connection failed: {}", error.what());
    }
}

// An idle connection waits for its first byte longer than a request may take to arrive.
asio::awaitable<error_code> HttpConnection::State::wait_for_request() {
    error_code error;
    if (buffer.size() == 0) {
        if (buffer.capacity() > bytes_while_idle) {
            buffer.shrink_to_fit();
        }
        idle_since = Clock::now().time_since_epoch().count();
        stream.expires_after(serving.limits.idle_timeout);
        if (serving.stopping) {
            co_return asio::error::operation_aborted;
        }
        const std::size_t got = co_await stream.async_read_some(
            buffer.prepare(bytes_while_idle), asio::redirect_error(asio::use_awaitable, error));
        buffer.commit(got);
        idle_since = 0;
    }
    co_return error;
}

asio::awaitable<error_code> HttpConnection::State::read(HttpParser& parser) {
    error_code error;
    parser.header_limit(serving.limits.header_bytes);
    parser.body_limit(serving.limits.body_bytes);
    stream.expires_after(serving.limits.request_timeout);
    co_await http::async_read_header(stream, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (error || parser.is_done()) {
        co_return error;
    }
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream, asio::buffer(go_on), asio::use_awaitable);
    }
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

// Reads one request and answers it; whether the connection goes on.
asio::awaitable<bool> HttpConnection::State::serve_request() {
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
asio::awaitable<bool> HttpConnection::State::refuse(unsigned status) {
    const std::string id = new_request_id();
    const Response response = refused(serving.service, {.id = id}, status, message_of(status));
    serving.service.metrics.count(nullptr, status, {});
    serving.access_log.write(
        {.request_id = id, .client = peer, .method = "-", .target = "-", .status = status});
    co_await send(response, id, false, true);
    co_return false;
}

asio::awaitable<Response> HttpConnection::State::answered(Exchange& exchange, const Request& request) {
    if (std::optional<Response> response = exchange.answer_at_once()) {
        co_return std::move(*response);
    }
    if (!serving.database) {
        co_return exchange.answer_from_database();
    }
    ++serving.service.metrics.waiting_for_database;
    const Clock::time_point asked = Clock::now();
    co_return co_await asio::co_spawn(
        *serving.database,
        [&]() -> asio::awaitable<Response> {
            --serving.service.metrics.waiting_for_database;
            if (Clock::now() - asked > serving.limits.queue_timeout) {
                Response busy = refused(serving.service, request, 503, "The server is busy");
                busy.add_header("Retry-After", "1");
                co_return busy;
            }
            co_return exchange.answer_from_database();
        },
        asio::use_awaitable);
}

asio::awaitable<bool> HttpConnection::State::answer(const HttpRequest& message) {
    const Clock::time_point came = Clock::now();
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
    } else {
        response = co_await answered(exchange, request);
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

asio::awaitable<void> HttpConnection::State::send(const Response& response, std::string_view id,
                                                  bool keep_alive, bool with_body) {
    const std::string head =
        head_of(response, view(http::obsolete_reason(http::int_to_status(response.status))), id, keep_alive);
    const std::string_view body = with_body ? response.bytes() : std::string_view();
    const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(body)};
    stream.expires_after(serving.limits.write_timeout);
    co_await asio::async_write(stream, bytes, asio::use_awaitable);
}

HttpConnection::HttpConnection(tcp::socket socket, std::string peer, Serving& serving)
    : state_(std::make_unique<State>(std::move(socket), std::move(peer), serving)) {}

HttpConnection::~HttpConnection() = default;

asio::awaitable<void> HttpConnection::serve() {
    return state_->serve();
}

const std::string& HttpConnection::peer() const {
    return state_->peer;
}

Clock::rep HttpConnection::idle_since() const {
    return state_->idle_since;
}

void HttpConnection::close_if_idle(const std::shared_ptr<HttpConnection>& connection) {
    asio::post(connection->state_->stream.get_executor(), [connection] {
        if (connection->idle_since() != 0) {
            connection->state_->stream.close();
        }
    });
}

}  // namespace bingefriend
