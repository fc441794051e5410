// The only source that includes Beast: its headers cost seconds to compile.
#include "serve/http_server.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <csignal>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "serve/access_log.hpp"
#include "serve/clients.hpp"
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
using Clock = std::chrono::steady_clock;
using HttpRequest = http::request<http::string_body>;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

tcp::acceptor listening(asio::io_context& context, const ServeOptions& options) {
    const std::string where = options.host + ":" + std::to_string(options.port);
    error_code error;
    const asio::ip::address address =
        asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, error);
    if (error) {
        throw Error(ErrorKind::usage, "the host is no IP address", options.host,
                    "give --host 127.0.0.1, 0.0.0.0 or ::");
    }
    tcp::acceptor acceptor(context);
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error == asio::error::address_in_use) {
        throw Error(ErrorKind::conflict, "the port is in use", where, "choose another with --port");
    }
    if (error) {
        throw Error(ErrorKind::unavailable, "cannot listen", where, error.message());
    }
    return acceptor;
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

struct Connection {
    Connection(tcp::socket socket, std::string from) : stream(std::move(socket)), peer(std::move(from)) {}

    beast::tcp_stream stream;
    std::string peer;
    std::atomic<Clock::rep> idle_since = 0;  // 0: a request is under way
};
// Shared by the coroutine that serves it and the list from which a shutdown closes it.
using Connections = std::list<std::shared_ptr<Connection>>;

// Looks the published generation up, again and again, and follows it, so that no request has to.
std::jthread watching(Service& service, std::chrono::milliseconds period) {
    return std::jthread([&service, period](const std::stop_token& stop) {
        std::shared_ptr<const Published> followed;
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            service.publication.probe();
            if (auto now = service.publication.now(); now != followed) {
                if (followed) {
                    service.forget();
                }
                service.prepare(*now);
                followed = std::move(now);
            }
            stopped.wait_for(lock, stop, period, [] { return false; });
        }
    });
}

// A connection takes a file: as many as the system lets the process have.
void allow_many_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

}  // namespace

// Each thread runs a context of its own and serves the connections that it was given.  One more accepts
// them: it never waits for the database.
struct HttpServer::State {
    State(ServeOptions serve_options, const ReaderFactory& factory)
        : service(std::move(serve_options), factory),
          options(service.options),
          limits(options.limits),
          proxies(options.trusted_proxies),
          rates(limits.requests_a_second, limits.burst),
          access_log(options.access_log),
          contexts(std::max<std::size_t>(options.threads, 1)),
          acceptor(listening(accepting, options)),
          room(accepting),
          deadline(accepting),
          signals(accepting) {
        if (options.database_threads != 0) {
            database = std::make_unique<asio::thread_pool>(options.database_threads);
        }
    }

    asio::awaitable<void> accept_connections();
    asio::awaitable<void> wait_for_room(Clock::duration at_most);
    void close_an_idle_connection();
    void take(tcp::socket socket, asio::io_context& context);
    asio::awaitable<void> serve_connection(Connection& connection);
    asio::awaitable<bool> serve_request(Connection& connection, beast::flat_buffer& buffer);
    asio::awaitable<error_code> wait_for_request(Connection& connection, beast::flat_buffer& buffer);
    asio::awaitable<error_code> read(Connection& connection, beast::flat_buffer& buffer,
                                     http::request_parser<http::string_body>& parser);
    asio::awaitable<bool> answer(Connection& connection, const HttpRequest& request);
    asio::awaitable<Response> answered(Exchange& exchange, const Request& request);
    asio::awaitable<bool> refuse(Connection& connection, unsigned status);
    asio::awaitable<void> send(Connection& connection, const Response& response, std::string_view id,
                               bool keep_alive, bool with_body);
    void begin_shutdown();
    void connection_ended(Connections::iterator at);

    Service service;
    const ServeOptions& options;
    const ServerLimits& limits;
    TrustedProxies proxies;
    RateLimiter rates;
    AccessLogger access_log;
    std::vector<asio::io_context> contexts;
    std::unique_ptr<asio::thread_pool> database;  // null: the network's threads ask it
    std::atomic<bool> stopping = false;
    // What follows is used by the accepting thread alone.
    asio::io_context accepting{1};
    tcp::acceptor acceptor;
    asio::steady_timer room;  // cancelled whenever a connection ends
    asio::steady_timer deadline;
    asio::signal_set signals;
    Connections connections;
    std::map<std::string, std::size_t> connections_of;  // by address
};

asio::awaitable<void> HttpServer::State::wait_for_room(Clock::duration at_most) {
    error_code ignored;
    room.expires_after(at_most);
    co_await room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> HttpServer::State::accept_connections() {
    constexpr auto moment = std::chrono::milliseconds(100);
    for (std::size_t next = 0; !stopping;) {
        error_code error;
        if (connections.size() >= limits.connections) {
            co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
            if (!stopping && connections.size() >= limits.connections) {
                close_an_idle_connection();
                co_await wait_for_room(moment);
            }
            continue;
        }
        asio::io_context& context = contexts[next++ % contexts.size()];
        tcp::socket socket =
            co_await acceptor.async_accept(context, asio::redirect_error(asio::use_awaitable, error));
        if (stopping) {
            break;
        }
        if (error) {  // out of file descriptors, say: give those in use time to end
            spdlog::warn("cannot accept a connection: {}", error.message());
            co_await wait_for_room(moment);
            continue;
        }
        take(std::move(socket), context);
    }
}

// The one that has been idle longest makes room: whoever is there already has had an answer.
void HttpServer::State::close_an_idle_connection() {
    std::shared_ptr<Connection> idle;
    for (const std::shared_ptr<Connection>& connection : connections) {
        const Clock::rep since = connection->idle_since;
        if (since != 0 && (!idle || since < idle->idle_since)) {
            idle = connection;
        }
    }
    if (idle) {
        asio::post(idle->stream.get_executor(), [idle] {
            if (idle->idle_since != 0) {
                idle->stream.close();
            }
        });
    }
}

void HttpServer::State::take(tcp::socket socket, asio::io_context& context) {
    error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    auto connection =
        std::make_shared<Connection>(std::move(socket), error ? "" : peer.address().to_string());
    std::size_t& of_address = connections_of[connection->peer];
    if (of_address >= limits.connections_an_address && !proxies.trusts(connection->peer)) {
        ++service.metrics.refused_connections;
        return;  // which closes it
    }
    ++of_address;
    ++service.metrics.connections;
    const auto at = connections.insert(connections.end(), connection);
    asio::co_spawn(
        context,
        [this, at, connection]() -> asio::awaitable<void> {
            co_await serve_connection(*connection);
            asio::post(accepting, [this, at] { connection_ended(at); });
        },
        asio::detached);
}

void HttpServer::State::connection_ended(Connections::iterator at) {
    const auto of_address = connections_of.find((*at)->peer);
    if (--of_address->second == 0) {
        connections_of.erase(of_address);
    }
    --service.metrics.connections;
    connections.erase(at);
    room.cancel();
    if (stopping && connections.empty()) {
        deadline.cancel();
    }
}

asio::awaitable<void> HttpServer::State::serve_connection(Connection& connection) {
    error_code ignored;
    tcp::socket& socket = connection.stream.socket();
    socket.set_option(tcp::no_delay(true), ignored);
    beast::flat_buffer buffer(limits.header_bytes + limits.body_bytes);
    try {
        while (co_await serve_request(connection, buffer)) {
        }
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    } catch (const boost::system::system_error&) {
        // The other side went away or was too slow.
    } catch (const std::exception& error) {
        spdlog::error("a connection failed: {}", error.what());
    }
}

// An idle connection waits for its first byte longer than a request may take to arrive.
asio::awaitable<error_code> HttpServer::State::wait_for_request(Connection& connection,
                                                                beast::flat_buffer& buffer) {
    error_code error;
    if (buffer.size() == 0) {
        connection.idle_since = Clock::now().time_since_epoch().count();
        connection.stream.expires_after(limits.idle_timeout);
        if (stopping) {
            co_return asio::error::operation_aborted;
        }
        const std::size_t got = co_await connection.stream.async_read_some(
            buffer.prepare(4'096), asio::redirect_error(asio::use_awaitable, error));
        buffer.commit(got);
        connection.idle_since = 0;
    }
    co_return error;
}

asio::awaitable<error_code> HttpServer::State::read(Connection& connection, beast::flat_buffer& buffer,
                                                    http::request_parser<http::string_body>& parser) {
    error_code error;
    parser.header_limit(limits.header_bytes);
    parser.body_limit(limits.body_bytes);
    connection.stream.expires_after(limits.request_timeout);
    co_await http::async_read_header(connection.stream, buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (error || parser.is_done()) {
        co_return error;
    }
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(connection.stream, asio::buffer(go_on), asio::use_awaitable);
    }
    co_await http::async_read(connection.stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

// Reads one request and answers it; whether the connection goes on.
asio::awaitable<bool> HttpServer::State::serve_request(Connection& connection, beast::flat_buffer& buffer) {
    if (stopping || co_await wait_for_request(connection, buffer)) {
        co_return false;
    }
    http::request_parser<http::string_body> parser;
    if (const error_code error = co_await read(connection, buffer, parser)) {
        const unsigned status = status_of(error);
        co_return status != 0 && co_await refuse(connection, status);
    }
    co_return co_await answer(connection, parser.get());
}

// To a request that could not be read.
asio::awaitable<bool> HttpServer::State::refuse(Connection& connection, unsigned status) {
    const std::string id = new_request_id();
    const Response response = refused(service, {.id = id}, status, message_of(status));
    service.metrics.count(nullptr, status, {});
    access_log.write(
        {.request_id = id, .client = connection.peer, .method = "-", .target = "-", .status = status});
    co_await send(connection, response, id, false, true);
    co_return false;
}

asio::awaitable<Response> HttpServer::State::answered(Exchange& exchange, const Request& request) {
    if (std::optional<Response> response = exchange.answer_at_once()) {
        co_return std::move(*response);
    }
    if (!database) {
        co_return exchange.answer_from_database();
    }
    ++service.metrics.waiting_for_database;
    const Clock::time_point asked = Clock::now();
    co_return co_await asio::co_spawn(
        *database,
        [&]() -> asio::awaitable<Response> {
            --service.metrics.waiting_for_database;
            if (Clock::now() - asked > limits.queue_timeout) {
                Response busy = refused(service, request, 503, "The server is busy");
                busy.add_header("Retry-After", "1");
                co_return busy;
            }
            co_return exchange.answer_from_database();
        },
        asio::use_awaitable);
}

asio::awaitable<bool> HttpServer::State::answer(Connection& connection, const HttpRequest& message) {
    const Clock::time_point came = Clock::now();
    const std::string_view own_id = view(message["X-Request-Id"]);
    const std::string id = is_request_id(own_id) ? std::string(own_id) : new_request_id();
    const std::string client = proxies.client(connection.peer, view(message["X-Forwarded-For"]));
    const Request request = request_of(message, id);
    Exchange exchange(service, request);
    Response response;
    if (request.target.size() > limits.target_bytes) {
        response = refused(service, request, 414, "The request target is too long");
    } else if (const auto wait = is_probe(request.target) ? std::nullopt : rates.refused(client, came)) {
        response = refused(service, request, 429, "Too many requests");
        response.add_header("Retry-After", std::to_string(wait->count()));
    } else {
        response = co_await answered(exchange, request);
    }
    const std::chrono::nanoseconds took = Clock::now() - came;
    service.metrics.count(exchange.route(), response.status, took);
    if (options.access_log != AccessLog::off) {
        access_log.write({.request_id = id,
                          .client = client,
                          .method = request.method,
                          .target = request.target,
                          .route = exchange.route() == nullptr ? "" : exchange.route()->path,
                          .user_agent = view(message[http::field::user_agent]),
                          .status = response.status,
                          .bytes = response.bytes().size(),
                          .took = took});
    }
    const bool keep_alive = message.keep_alive() && !stopping;
    co_await send(connection, response, id, keep_alive, message.method() != http::verb::head);
    co_return keep_alive;
}

asio::awaitable<void> HttpServer::State::send(Connection& connection, const Response& response,
                                              std::string_view id, bool keep_alive, bool with_body) {
    const std::string head =
        head_of(response, view(http::obsolete_reason(http::int_to_status(response.status))), id, keep_alive);
    const std::string_view body = with_body ? response.bytes() : std::string_view();
    const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(body)};
    connection.stream.expires_after(limits.write_timeout);
    co_await asio::async_write(connection.stream, bytes, asio::use_awaitable);
}

// Idle connections end now, the others with their answer or at the deadline.
void HttpServer::State::begin_shutdown() {
    if (stopping.exchange(true)) {
        return;
    }
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    room.cancel();
    for (const std::shared_ptr<Connection>& connection : connections) {
        asio::post(connection->stream.get_executor(), [connection] {
            if (connection->idle_since != 0) {
                connection->stream.close();
            }
        });
    }
    deadline.expires_after(connections.empty() ? std::chrono::milliseconds(0) : limits.shutdown_timeout);
    deadline.async_wait([this](const error_code&) {
        for (asio::io_context& context : contexts) {
            context.stop();
        }
        accepting.stop();
    });
}

HttpServer::HttpServer(ServeOptions options, const ReaderFactory& open_reader)
    : state_(std::make_unique<State>(std::move(options), open_reader)) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
    return state_->acceptor.local_endpoint().port();
}

void HttpServer::stop_on_signals() {
    State& state = *state_;
    state.signals.add(SIGINT);
    state.signals.add(SIGTERM);
    state.signals.async_wait([&state](const error_code& error, int) {
        if (!error) {
            state.begin_shutdown();
        }
    });
}

void HttpServer::run() {
    State& state = *state_;
    const std::jthread watch = watching(state.service, state.options.watch_period);
    asio::co_spawn(state.accepting, state.accept_connections(), asio::detached);
    const auto work = [](asio::io_context& context) {
        const auto guard = asio::make_work_guard(context);
        context.run();
    };
    {
        std::vector<std::jthread> workers;
        for (asio::io_context& context : state.contexts) {
            workers.emplace_back([&] { work(context); });
        }
        work(state.accepting);
    }
    if (state.database) {
        state.database->stop();
        state.database->join();
    }
}

void HttpServer::stop() {
    asio::post(state_->accepting, [state = state_.get()] { state->begin_shutdown(); });
}

void serve(const ServeOptions& options, const ReaderFactory& open_reader,
           const std::function<void(std::uint16_t port)>& listening_on) {
    allow_many_files();
    HttpServer server(options, open_reader);
    server.stop_on_signals();
    listening_on(server.port());
    server.run();
}

}  // namespace bingefriend
