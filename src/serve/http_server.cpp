// The only source that includes Beast: its headers cost seconds to compile.
#include "serve/http_server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <list>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "domain/error.hpp"
#include "serve/request_id.hpp"
#include "serve/respond.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;

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

// Blocking reads are short, so each thread of the server answers with a reader of its own.
thread_local ReaderSource* reader_of_this_thread = nullptr;

struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}

    beast::tcp_stream stream;
    bool between_requests = true;  // on the stream's strand
};
// Shared by the coroutine that serves it and the list from which a shutdown closes it.
using Connections = std::list<std::shared_ptr<Connection>>;

}  // namespace

struct HttpServer::State {
    State(ServeOptions serve_options, ReaderFactory factory, ServerLimits server_limits)
        : options(std::move(serve_options)),
          open_reader(std::move(factory)),
          limits(server_limits),
          context(static_cast<int>(std::max<std::size_t>(options.threads, 1))),
          strand(asio::make_strand(context)),
          acceptor(listening(context, options)),
          room(strand, asio::steady_timer::time_point::max()),
          deadline(strand),
          signals(strand) {}

    asio::awaitable<void> accept_connections();
    asio::awaitable<void> serve_connection(Connection& connection);
    asio::awaitable<bool> serve_request(Connection& connection, beast::flat_buffer& buffer);
    asio::awaitable<error_code> wait_for_request(Connection& connection, beast::flat_buffer& buffer);
    asio::awaitable<bool> send(Connection& connection, HttpResponse& response, bool with_body);
    HttpResponse refusal(unsigned status) const;
    HttpResponse answer(const HttpRequest& request);
    void add_cors(const HttpRequest& request, HttpResponse& response) const;
    void begin_shutdown();
    void connection_ended(Connections::iterator at);

    ServeOptions options;
    ReaderFactory open_reader;
    ServerLimits limits;
    asio::io_context context;
    asio::strand<asio::io_context::executor_type> strand;  // guards what follows
    tcp::acceptor acceptor;
    asio::steady_timer room;  // cancelled whenever a connection ends
    asio::steady_timer deadline;
    asio::signal_set signals;
    Connections connections;
    std::atomic<bool> stopping = false;
};

// Runs on the strand.
asio::awaitable<void> HttpServer::State::accept_connections() {
    while (!stopping) {
        error_code error;
        if (connections.size() >= limits.connections) {
            co_await room.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        tcp::socket socket = co_await acceptor.async_accept(asio::make_strand(context),
                                                            asio::redirect_error(asio::use_awaitable, error));
        if (stopping) {
            break;
        }
        if (error) {  // out of file descriptors, say: give those in use time to end
            spdlog::warn("cannot accept a connection: {}", error.message());
            asio::steady_timer pause(strand, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        auto executor = socket.get_executor();
        auto connection = std::make_shared<Connection>(std::move(socket));
        const auto at = connections.insert(connections.end(), connection);
        asio::co_spawn(
            executor,
            [this, at, connection]() -> asio::awaitable<void> {
                co_await serve_connection(*connection);
                asio::post(strand, [this, at] { connection_ended(at); });
            },
            asio::detached);
    }
}

void HttpServer::State::connection_ended(Connections::iterator at) {
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
        connection.stream.expires_after(limits.idle_timeout);
        const std::size_t got = co_await connection.stream.async_read_some(
            buffer.prepare(4'096), asio::redirect_error(asio::use_awaitable, error));
        buffer.commit(got);
    }
    co_return error;
}

// Reads one request and answers it; whether the connection goes on.
asio::awaitable<bool> HttpServer::State::serve_request(Connection& connection, beast::flat_buffer& buffer) {
    connection.between_requests = true;
    if (stopping || co_await wait_for_request(connection, buffer)) {
        co_return false;
    }
    connection.between_requests = false;
    http::request_parser<http::string_body> parser;
    parser.header_limit(limits.header_bytes);
    parser.body_limit(limits.body_bytes);
    connection.stream.expires_after(limits.header_timeout);
    error_code error;
    co_await http::async_read(connection.stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        const unsigned status = status_of(error);
        HttpResponse refused = refusal(status);
        co_return status != 0 && co_await send(connection, refused, true);
    }
    HttpResponse response = answer(parser.get());
    co_return co_await send(connection, response, parser.get().method() != http::verb::head);
}

HttpResponse HttpServer::State::refusal(unsigned status) const {
    HttpResponse response(http::int_to_status(status == 0 ? 400 : status), 11);
    Response plain = error_response(status == 0 ? 400 : status, message_of(status));
    name_request(plain, new_request_id());
    response.body() = std::move(plain.body);
    response.set(http::field::content_type, "application/json; charset=utf-8");
    response.keep_alive(false);
    return response;
}

asio::awaitable<bool> HttpServer::State::send(Connection& connection, HttpResponse& response,
                                              bool with_body) {
    if (stopping) {
        response.keep_alive(false);
    }
    response.set(http::field::server, "bingefriend");
    response.prepare_payload();
    if (!with_body) {
        response.body().clear();  // its length stays in the header
    }
    connection.stream.expires_after(limits.write_timeout);
    co_await http::async_write(connection.stream, response, asio::use_awaitable);
    co_return response.keep_alive();
}

HttpResponse HttpServer::State::answer(const HttpRequest& request) {
    const std::string id = new_request_id();
    Response plain;
    if (request.target().size() > limits.target_bytes) {
        plain = error_response(414, "The request target is too long");
        name_request(plain, id);
    } else {
        plain = respond({view(request.method_string()), view(request.target()), request.body(), id},
                        *reader_of_this_thread, options.version);
    }
    HttpResponse response(http::int_to_status(plain.status), request.version());
    response.keep_alive(request.keep_alive());
    for (const auto& [name, value] : plain.headers) {
        response.set(name, value);
    }
    if (!plain.body.empty()) {
        response.set(http::field::content_type,
                     beast::string_view(plain.content_type.data(), plain.content_type.size()));
        response.set("X-Content-Type-Options", "nosniff");
    }
    response.set("X-Request-Id", id);
    response.body() = std::move(plain.body);
    add_cors(request, response);
    spdlog::debug("{} {} {} {}", id, view(request.method_string()), view(request.target()), plain.status);
    return response;
}

void HttpServer::State::add_cors(const HttpRequest& request, HttpResponse& response) const {
    if (options.allowed_origins.empty()) {
        return;
    }
    response.set(http::field::vary, "Origin");
    const std::string origin(view(request[http::field::origin]));
    const bool allowed = std::any_of(options.allowed_origins.begin(), options.allowed_origins.end(),
                                     [&](const std::string& o) { return o == "*" || o == origin; });
    if (origin.empty() || !allowed) {
        return;
    }
    response.set(http::field::access_control_allow_origin, origin);
    if (request.method() == http::verb::options) {
        response.set(http::field::access_control_allow_methods, response[http::field::allow]);
        response.set(http::field::access_control_max_age, "86400");
    }
}

// Runs on the strand.  Idle connections end now, the others with their answer or at the deadline.
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
            if (connection->between_requests) {
                connection->stream.close();
            }
        });
    }
    deadline.expires_after(connections.empty() ? std::chrono::seconds(0) : limits.shutdown_timeout);
    deadline.async_wait([this](const error_code&) { context.stop(); });
}

HttpServer::HttpServer(ServeOptions options, ReaderFactory open_reader, ServerLimits limits)
    : state_(std::make_unique<State>(std::move(options), std::move(open_reader), limits)) {}

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
    asio::co_spawn(state.strand, state.accept_connections(), asio::detached);
    const auto work = [&state] {
        ReaderSource source(state.open_reader);
        reader_of_this_thread = &source;
        state.context.run();
        reader_of_this_thread = nullptr;
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < state.options.threads; ++i) {
        others.emplace_back(work);
    }
    work();
}

void HttpServer::stop() {
    asio::post(state_->strand, [state = state_.get()] { state->begin_shutdown(); });
}

void serve(const ServeOptions& options, const ReaderFactory& open_reader,
           const std::function<void(std::uint16_t port)>& listening_on) {
    HttpServer server(options, open_reader);
    server.stop_on_signals();
    listening_on(server.port());
    server.run();
}

}  // namespace bingefriend
