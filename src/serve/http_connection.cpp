#include "serve/http_connection_state.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <optional>
#include <string_view>

#include "serve/request_id.hpp"
#include "serve/request_reader.hpp"

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = HttpConnection::Clock;

constexpr std::size_t bytes_while_idle = 1'024;    // that a connection holds, and of a header
constexpr std::size_t bytes_at_once = 16 * 1'024;  // of a body

}  // namespace

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
    const std::size_t had = buffer.size();
    buffer.resize(had + at_most);
    const std::size_t came = co_await socket.async_read_some(asio::buffer(buffer.data() + had, at_most),
                                                             asio::redirect_error(awaited, error));
    buffer.resize(had + came);
    co_return error;
}

// An idle connection waits for its first byte longer than a request may take to arrive.  Empty lines before a
// request do not count.
Awaitable<error_code> HttpConnection::State::wait_for_request() {
    constexpr std::string_view end_of_line = "\r\n";
    allow(serving.limits.idle_timeout);
    progress.begin(Progress::Phase::idle);
    for (;;) {
        while (buffer.starts_with(end_of_line)) {
            buffer.erase(0, end_of_line.size());
        }
        if (!buffer.empty() && buffer != "\r") {
            progress.begin(Progress::Phase::receiving);
            progress.add(buffer.size());
            co_return error_code();
        }
        if (buffer.capacity() > bytes_while_idle) {
            buffer.shrink_to_fit();
        }
        if (serving.stopping) {
            co_return asio::error::operation_aborted;
        }
        if (const error_code error = co_await receive(bytes_while_idle)) {
            co_return error;
        }
    }
}

Awaitable<error_code> HttpConnection::State::read(RequestReader& reader) {
    allow(serving.limits.request_timeout);
    bool told_to_go_on = false;
    for (;;) {
        buffer.erase(0, reader.put(buffer));
        if (reader.is_done() || reader.refusal()) {
            co_return error_code();
        }
        if (reader.has_head() && !told_to_go_on && reader.expects_continue()) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            told_to_go_on = true;
            co_await send(go_on);
        }
        const std::size_t waiting = buffer.size();
        const std::size_t at_most = reader.has_head() ? bytes_at_once : bytes_while_idle;
        if (const error_code ended = co_await receive(at_most)) {
            co_return ended;
        }
        progress.add(buffer.size() - waiting);
    }
}

// Reads one request and answers it; whether the connection goes on.
Awaitable<bool> HttpConnection::State::serve_request() {
    if (serving.stopping) {
        co_return false;
    }
    if (co_await wait_for_request()) {
        co_return false;
    }
    RequestReader reader(serving.limits);
    if (co_await read(reader)) {  // it ended before the request did
        co_return false;
    }
    if (reader.refusal()) {
        co_await refuse(*reader.refusal());
        co_return false;
    }
    co_return co_await answer(reader);
}

// A request that cannot be read.
Awaitable<void> HttpConnection::State::refuse(const RequestReader::Refusal& refusal) {
    const std::string id = new_request_id();
    const Response response = refused(serving.service, {.id = id}, refusal.status, refusal.message);
    serving.service.metrics.count(nullptr, refusal.status, {});
    serving.access_log.write(
        {.request_id = id, .client = peer, .method = "-", .target = "-", .status = refusal.status});
    const std::string head = head_of(response, reason_of(response.status), id, false, BodyEnd::length);
    wait_for_client_to_read();
    co_await send(head, response.bytes());
    co_await drain();
}

// To close on a client that is still sending would take the answer from it (RFC 9112, 9.6): it gets a moment
// to end.
Awaitable<void> HttpConnection::State::drain() {
    constexpr auto moment = std::chrono::seconds(1);
    constexpr std::size_t most_bytes = 1u << 20;
    error_code ended;
    socket.shutdown(tcp::socket::shutdown_send, ended);
    allow(moment);
    watch_deadline();
    for (std::size_t bytes = 0; !ended && bytes < most_bytes; bytes += buffer.size()) {
        buffer.clear();
        ended = co_await receive(bytes_at_once);
    }
}

HttpConnection::HttpConnection(NetworkSocket socket, std::string peer, Serving& serving, AnswerQueue& indexed,
                               AnswerQueue& computed)
    : state_(std::make_shared<State>(std::move(socket), std::move(peer), serving, indexed, computed)) {}

HttpConnection::~HttpConnection() = default;

Awaitable<void> HttpConnection::serve() {
    return state_->serve();
}

const std::string& HttpConnection::peer() const {
    return state_->peer;
}

const Progress& HttpConnection::progress() const {
    return state_->progress;
}

namespace {

// On its own thread, where its state does not change meanwhile.
template <typename Condition>
void close_if(const std::shared_ptr<HttpConnection>& connection, NetworkSocket& socket, Condition condition) {
    asio::post(socket.get_executor(), [connection, &socket, condition] {
        if (condition(connection->progress())) {
            error_code ignored;
            socket.close(ignored);
        }
    });
}

}  // namespace

void HttpConnection::close_if_slow(const std::shared_ptr<HttpConnection>& connection) {
    close_if(connection, connection->state_->socket,
             [](const Progress& progress) { return progress.rate(Clock::now()).has_value(); });
}

void HttpConnection::close_if_slow_reader(const std::shared_ptr<HttpConnection>& connection) {
    close_if(connection, connection->state_->socket,
             [](const Progress& progress) { return progress.rate_of_slow_reader(Clock::now()).has_value(); });
}

void HttpConnection::close_if_idle(const std::shared_ptr<HttpConnection>& connection) {
    close_if(connection, connection->state_->socket,
             [](const Progress& progress) { return progress.is_idle(); });
}

}  // namespace bingefriend
