#include "http/server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "http/connection.hpp"
#include "http/listening.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
// Shared by the coroutine that serves it and the list from which the server closes it.
using Connections = std::list<std::shared_ptr<HttpConnection>>;

// On this thread.
void block_stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void run_until_stopped(asio::io_context& context) {
    const auto guard = asio::make_work_guard(context);
    context.run();
}

// A context that one thread runs.
struct IoContext : asio::io_context {
    IoContext() : asio::io_context(1) {}
};

}  // namespace

// Each I/O thread runs its own context and serves the connections that it was given.  Another thread accepts
// them: it never waits for a handler.
struct HttpServer::State {
    State(HttpOptions http_options, Handler& handler)
        : server(std::move(http_options), handler),
          contexts(std::max<std::size_t>(server.options.threads, 1)),
          acceptor(listening_acceptor(accepting, server.options)),
          room(accepting),
          deadline(accepting),
          signals(accepting),
          max_connections(connections_within_file_limit(server.options)) {}

    asio::awaitable<void> accept_connections();
    asio::awaitable<void> wait_for_room(Clock::duration at_most);
    asio::awaitable<void> make_room();
    void close_slowest(ClientProgress::Rate rate);
    void close_slowest_reader();
    void warn_of(const error_code& error);
    void take(NetworkSocket socket, std::size_t thread);
    void begin_shutdown();
    void connection_ended(Connections::iterator at);

    ServerContext server;
    std::deque<IoContext> contexts;  // one per I/O thread
    // Only the accepting thread uses the rest.
    IoContext accepting;
    tcp::acceptor acceptor;
    asio::steady_timer room;  // cancelled whenever a connection ends
    asio::steady_timer deadline;
    asio::signal_set signals;
    const std::size_t max_connections;
    Clock::time_point next_warning;
    Clock::time_point next_closing;  // of a slow reader
    Connections connections;
    std::map<std::string, std::size_t> connections_of;  // by address
};

asio::awaitable<void> HttpServer::State::wait_for_room(Clock::duration at_most) {
    error_code ignored;
    room.expires_after(at_most);
    co_await room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

// The slowest client makes room.  A client that waits for its response stays.
asio::awaitable<void> HttpServer::State::make_room() {
    constexpr auto moment = std::chrono::milliseconds(10);
    close_slowest([](const ClientProgress& progress, Clock::time_point now) { return progress.rate(now); });
    co_await wait_for_room(moment);
}

asio::awaitable<void> HttpServer::State::accept_connections() {
    for (std::size_t next = 0; !server.stopping;) {
        error_code error;
        if (connections.size() >= max_connections) {
            co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
            if (!server.stopping && connections.size() >= max_connections) {
                co_await make_room();
            }
            continue;
        }
        const std::size_t thread = next++ % contexts.size();
        NetworkSocket socket = co_await acceptor.async_accept(
            contexts[thread], asio::redirect_error(asio::use_awaitable, error));
        if (server.stopping) {
            break;
        }
        if (error) {  // such as: too many open files
            warn_of(error);
            co_await make_room();
            continue;
        }
        take(std::move(socket), thread);
    }
}

// At most every ten seconds.
void HttpServer::State::warn_of(const error_code& error) {
    const Clock::time_point now = Clock::now();
    if (now >= next_warning) {
        next_warning = now + std::chrono::seconds(10);
        spdlog::warn("cannot accept a connection: {}", error.message());
    }
}

// Comparing thousands of connections takes a fraction of a millisecond.
void HttpServer::State::close_slowest(ClientProgress::Rate rate) {
    const Clock::time_point now = Clock::now();
    std::shared_ptr<HttpConnection> slowest;
    double lowest = 0;
    for (const std::shared_ptr<HttpConnection>& connection : connections) {
        const std::optional<double> of_connection = rate(connection->progress(), now);
        if (of_connection && (!slowest || *of_connection < lowest)) {
            slowest = connection;
            lowest = *of_connection;
        }
    }
    if (slowest) {
        slowest->close_if(rate);
    }
}

// At most ten times per second: what a closed connection held is freed a moment later.
void HttpServer::State::close_slowest_reader() {
    const Clock::time_point now = Clock::now();
    if (now >= next_closing) {
        next_closing = now + std::chrono::milliseconds(100);
        close_slowest([](const ClientProgress& progress, Clock::time_point at) {
            return progress.rate_of_slow_reader(at);
        });
    }
}

void HttpServer::State::take(NetworkSocket socket, std::size_t thread) {
    error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    const std::string address = error ? "" : peer.address().to_string();
    std::size_t& of_address = connections_of[address];
    if (of_address >= server.limits.connections_per_address && !server.proxies.trusts(address)) {
        ++server.metrics.refused_connections;
        return;  // which closes it
    }
    ++of_address;
    ++server.metrics.connections;
    const auto connection = std::make_shared<HttpConnection>(std::move(socket), address, server, thread);
    const auto at = connections.insert(connections.end(), connection);
    asio::co_spawn(
        contexts[thread],
        [this, at, connection]() -> Awaitable<void> {
            co_await connection->serve();
            asio::post(accepting, [this, at] { connection_ended(at); });
        },
        asio::detached);
}

void HttpServer::State::connection_ended(Connections::iterator at) {
    const auto of_address = connections_of.find((*at)->peer());
    if (--of_address->second == 0) {
        connections_of.erase(of_address);
    }
    --server.metrics.connections;
    connections.erase(at);
    room.cancel();
    if (server.stopping && connections.empty()) {
        deadline.cancel();
    }
}

// Idle connections end now, the others after their response or at the deadline.
void HttpServer::State::begin_shutdown() {
    if (server.stopping.exchange(true)) {
        return;
    }
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    room.cancel();
    for (const std::shared_ptr<HttpConnection>& connection : connections) {
        connection->close_if([](const ClientProgress& progress, Clock::time_point) {
            return progress.is_idle() ? std::optional(0.0) : std::nullopt;
        });
    }
    deadline.expires_after(connections.empty() ? std::chrono::milliseconds(0)
                                               : server.limits.shutdown_timeout);
    deadline.async_wait([this](const error_code&) {
        for (asio::io_context& context : contexts) {
            context.stop();
        }
        accepting.stop();
    });
}

HttpServer::HttpServer(HttpOptions options, Handler& handler)
    : state_(std::make_unique<State>(std::move(options), handler)) {}

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
    state.server.handler.start(*this);
    asio::co_spawn(state.accepting, state.accept_connections(), asio::detached);
    {
        std::vector<std::jthread> threads;
        for (asio::io_context& context : state.contexts) {
            threads.emplace_back([&context] { run_until_stopped(context); });
        }
        run_until_stopped(state.accepting);
    }
    state.server.handler.stop();
}

void HttpServer::stop() {
    asio::post(state_->accepting, [state = state_.get()] { state->begin_shutdown(); });
}

std::vector<NetworkExecutor> HttpServer::executors() {
    std::vector<NetworkExecutor> executors;
    for (asio::io_context& context : state_->contexts) {
        executors.push_back(context.get_executor());
    }
    return executors;
}

const prometheus::Collectable& HttpServer::metrics() const {
    return state_->server.metrics;
}

void HttpServer::close_slowest_reader() {
    asio::post(state_->accepting, [state = state_.get()] { state->close_slowest_reader(); });
}

void serve_until_signal(const HttpOptions& options, Handler& handler,
                        const std::function<void(std::uint16_t port)>& listening) {
    allow_many_files();
    HttpServer server(options, handler);
    server.stop_on_signals();
    listening(server.port());
    server.run();
    block_stop_signals();  // a second signal while the process ends does not change its exit code
}

}  // namespace bingefriend
