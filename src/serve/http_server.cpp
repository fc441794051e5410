// Listens, gives every connection to a thread, and ends them all when told to stop.
#include "serve/http_server.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

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
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "serve/http_connection.hpp"
#include "serve/open_files.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
// Shared by the coroutine that serves it and the list from which a shutdown closes it.
using Connections = std::list<std::shared_ptr<HttpConnection>>;

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

// Looks the published generation up, again and again, and follows it, so that no request has to.
std::jthread watching(Service& service, std::chrono::milliseconds period) {
    return std::jthread([&service, period](const std::stop_token& stop) {
        std::shared_ptr<const Published> followed;
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            service.settled = false;
            service.publication.probe();
            if (auto now = service.publication.now(); now != followed) {
                if (followed) {
                    service.forget();
                }
                service.prepare(*now);
                followed = std::move(now);
            }
            service.settled = true;
            stopped.wait_for(lock, stop, period, [] { return false; });
        }
    });
}

// Threads of the network that have work to do go before this one, so that what it computes does not hold up
// reads.
void lower_priority_of_this_thread() {
    constexpr int nice = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice);
}

// On this thread.
void block_signals(std::initializer_list<int> which) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : which) {
        sigaddset(&set, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

// Each thread runs a context of its own and serves the connections that it was given.  One more accepts
// them: it never waits for the database.
struct HttpServer::State {
    State(ServeOptions serve_options, const ReaderFactory& factory)
        : serving(std::move(serve_options), factory),
          acceptor(listening(accepting, serving.options)),
          room(accepting),
          deadline(accepting),
          signals(accepting),
          most_connections(connections_within_file_limit(serving.options)) {
        serving.service.close_a_slow_client = [this] { asio::post(accepting, [this] { free_memory(); }); };
        const std::size_t threads = std::max<std::size_t>(serving.options.threads, 1);
        const std::size_t database_threads = serving.options.database_threads;
        std::atomic<std::uint64_t>& waiting = serving.service.metrics.waiting_for_database;
        if (database_threads != 0) {
            queues.emplace_back(serving.service, database.get_executor(), database_threads, waiting);
        }
        for (std::size_t i = 0; i < threads; ++i) {
            contexts.emplace_back(1);
            if (database_threads == 0) {
                queues.emplace_back(serving.service, contexts.back().get_executor(), 1, waiting,
                                    AnswerQueue::unbounded, &patient);
            }
        }
    }

    [[nodiscard]] std::size_t compute_threads() const {
        return std::max<std::size_t>(serving.options.compute_threads, 1);
    }
    asio::awaitable<void> accept_connections();
    asio::awaitable<void> wait_for_room(Clock::duration at_most);
    asio::awaitable<void> make_room();
    void close_the_slowest_connection();
    void free_memory();
    using Rate = std::optional<double> (*)(const Progress& progress, Clock::time_point now);
    [[nodiscard]] std::shared_ptr<HttpConnection> slowest(Rate rate) const;
    void warn_of(const error_code& error);
    void take(NetworkSocket socket, std::size_t thread);
    void begin_shutdown();
    void connection_ended(Connections::iterator at);

    Serving serving;
    std::deque<asio::io_context> contexts;
    static constexpr std::size_t patient_threads = 2;
    asio::thread_pool database{std::max(serving.options.database_threads, patient_threads)};
    // Indexed reads that the threads of the network would have to wait for.
    AnswerQueue patient{serving.service, database.get_executor(), patient_threads,
                        serving.service.metrics.waiting_for_database};
    std::deque<AnswerQueue>
        queues;  // of indexed reads: of the threads of the database, or one of each context
    asio::io_context computing{static_cast<int>(compute_threads())};
    AnswerQueue computed{serving.service, computing.get_executor(), compute_threads(),
                         serving.service.metrics.waiting_to_compute, serving.options.compute_queue};
    // What follows is used by the accepting thread alone.
    asio::io_context accepting{1};
    tcp::acceptor acceptor;
    asio::steady_timer room;  // cancelled whenever a connection ends
    asio::steady_timer deadline;
    asio::signal_set signals;
    const std::size_t most_connections;
    Clock::time_point next_warning;
    Clock::time_point next_freeing;
    Connections connections;
    std::map<std::string, std::size_t> connections_of;  // by address
};

asio::awaitable<void> HttpServer::State::wait_for_room(Clock::duration at_most) {
    error_code ignored;
    room.expires_after(at_most);
    co_await room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> HttpServer::State::make_room() {
    constexpr auto moment = std::chrono::milliseconds(10);
    close_the_slowest_connection();
    co_await wait_for_room(moment);
}

asio::awaitable<void> HttpServer::State::accept_connections() {
    for (std::size_t next = 0; !serving.stopping;) {
        error_code error;
        if (connections.size() >= most_connections) {
            co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
            if (!serving.stopping && connections.size() >= most_connections) {
                co_await make_room();
            }
            continue;
        }
        const std::size_t thread = next++ % contexts.size();
        NetworkSocket socket = co_await acceptor.async_accept(
            contexts[thread], asio::redirect_error(asio::use_awaitable, error));
        if (serving.stopping) {
            break;
        }
        if (error) {  // out of file descriptors, say
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

// Of the connections that have a rate.  To look at thousands of them takes a fraction of a millisecond.
std::shared_ptr<HttpConnection> HttpServer::State::slowest(Rate rate) const {
    const Clock::time_point now = Clock::now();
    std::shared_ptr<HttpConnection> slowest;
    double least = 0;
    for (const std::shared_ptr<HttpConnection>& connection : connections) {
        const std::optional<double> of_connection = rate(connection->progress(), now);
        if (of_connection && (!slowest || *of_connection < least)) {
            slowest = connection;
            least = *of_connection;
        }
    }
    return slowest;
}

// The client that does least makes room; one that waits for an answer stays.
void HttpServer::State::close_the_slowest_connection() {
    if (const auto connection =
            slowest([](const Progress& progress, Clock::time_point now) { return progress.rate(now); })) {
        HttpConnection::close_if_slow(connection);
    }
}

// At most ten times a second: what a closed connection held is freed a moment later.
void HttpServer::State::free_memory() {
    const Clock::time_point now = Clock::now();
    if (now < next_freeing) {
        return;
    }
    next_freeing = now + std::chrono::milliseconds(100);
    if (const auto connection = slowest([](const Progress& progress, Clock::time_point at) {
            return progress.rate_of_slow_reader(at);
        })) {
        HttpConnection::close_if_slow_reader(connection);
    }
}

void HttpServer::State::take(NetworkSocket socket, std::size_t thread) {
    error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    const std::string address = error ? "" : peer.address().to_string();
    std::size_t& of_address = connections_of[address];
    if (of_address >= serving.limits.connections_an_address && !serving.proxies.trusts(address)) {
        ++serving.service.metrics.refused_connections;
        return;  // which closes it
    }
    ++of_address;
    ++serving.service.metrics.connections;
    const auto connection = std::make_shared<HttpConnection>(std::move(socket), address, serving,
                                                             queues[thread % queues.size()], computed);
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
    --serving.service.metrics.connections;
    connections.erase(at);
    room.cancel();
    if (serving.stopping && connections.empty()) {
        deadline.cancel();
    }
}

// Idle connections end now, the others with their answer or at the deadline.
void HttpServer::State::begin_shutdown() {
    if (serving.stopping.exchange(true)) {
        return;
    }
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    room.cancel();
    for (const std::shared_ptr<HttpConnection>& connection : connections) {
        HttpConnection::close_if_idle(connection);
    }
    deadline.expires_after(connections.empty() ? std::chrono::milliseconds(0)
                                               : serving.limits.shutdown_timeout);
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
    const std::jthread watch = watching(state.serving.service, state.serving.options.watch_period);
    const std::jthread checking(
        [&check = state.serving.service.generation_check](const std::stop_token& stop) { check.run(stop); });
    // So that the first answers know what is published; clients that come earlier wait in the system's queue.
    state.serving.service.publication.wait_for_first_probe(std::chrono::seconds(1));
    asio::co_spawn(state.accepting, state.accept_connections(), asio::detached);
    const auto work = [](asio::io_context& context) {
        const auto guard = asio::make_work_guard(context);
        context.run();
    };
    std::vector<std::jthread> computers;
    for (std::size_t i = 0; i < state.compute_threads(); ++i) {
        computers.emplace_back([&] {
            lower_priority_of_this_thread();
            work(state.computing);
        });
    }
    {
        std::vector<std::jthread> workers;
        for (asio::io_context& context : state.contexts) {
            workers.emplace_back([&] { work(context); });
        }
        work(state.accepting);
    }
    state.computing.stop();
    computers.clear();
    state.database.stop();
    state.database.join();
}

void HttpServer::stop() {
    asio::post(state_->accepting, [state = state_.get()] { state->begin_shutdown(); });
}

void check(const ServeOptions& options) {
    (void)TrustedProxies(options.trusted_proxies);
}

void serve(const ServeOptions& options, const ReaderFactory& open_reader,
           const std::function<void(std::uint16_t port)>& listening_on) {
    allow_many_files();
    HttpServer server(options, open_reader);
    server.stop_on_signals();
    listening_on(server.port());
    if (options.api_key.empty() && !options.admin_open && !is_loopback(options.host)) {
        spdlog::warn("no API_KEY is set: stats, metrics, generations, distribution and runs answer 401");
    }
    server.run();
    block_signals({SIGINT, SIGTERM});  // told again while it ends, the process ends no differently
}

}  // namespace bingefriend
