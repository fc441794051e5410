#include "http/connection.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <optional>
#include <string_view>

namespace bingefriend {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t idle_bytes = 1'024;            // buffer of an idle connection, and of a header
constexpr std::size_t body_read_bytes = 16 * 1'024;  // read at once of a body

}  // namespace

Awaitable<void> HttpConnection::serve() {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    try {
        while (co_await serve_request()) {
        }
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    } catch (const boost::system::system_error&) {
        // The other side went away or was too slow.
    } catch (const std::exception& error) {
        spdlog::error("a connection failed: {}", error.what());
    }
    stream_.close();
}

Awaitable<error_code> HttpConnection::receive(std::size_t max_bytes) {
    error_code error;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + max_bytes);
    const std::size_t received = co_await stream_.async_read_some(
        asio::buffer(buffer_.data() + before, max_bytes), asio::redirect_error(awaited, error));
    buffer_.resize(before + received);
    co_return error;
}

// An idle connection waits for its first byte longer than a request may take to arrive.  Empty lines before a
// request do not count.
Awaitable<error_code> HttpConnection::wait_for_request() {
    constexpr std::string_view end_of_line = "\r\n";
    stream_.expires_after(server_.limits.idle_timeout);
    progress_.begin(ClientProgress::Phase::idle);
    for (;;) {
        while (buffer_.starts_with(end_of_line)) {
            buffer_.erase(0, end_of_line.size());
        }
        if (!buffer_.empty() && buffer_ != "\r") {
            progress_.begin(ClientProgress::Phase::receiving);
            progress_.add(buffer_.size());
            co_return error_code();
        }
        if (buffer_.capacity() > idle_bytes) {
            buffer_.shrink_to_fit();
        }
        if (server_.stopping) {
            co_return asio::error::operation_aborted;
        }
        if (const error_code error = co_await receive(idle_bytes)) {
            co_return error;
        }
    }
}

Awaitable<error_code> HttpConnection::read(RequestReader& reader) {
    stream_.expires_after(server_.limits.request_timeout);
    bool sent_continue = false;
    for (;;) {
        buffer_.erase(0, reader.put(buffer_));
        if (reader.is_done() || reader.refusal()) {
            co_return error_code();
        }
        if (reader.has_head() && !sent_continue && reader.expects_continue()) {
            constexpr std::string_view interim = "HTTP/1.1 100 Continue\r\n\r\n";
            sent_continue = true;
            co_await send(interim);
        }
        const std::size_t waiting = buffer_.size();
        const std::size_t max_bytes = reader.has_head() ? body_read_bytes : idle_bytes;
        if (const error_code ended = co_await receive(max_bytes)) {
            co_return ended;
        }
        progress_.add(buffer_.size() - waiting);
    }
}

// Reads one request and answers it.  Returns true if the connection stays open.
Awaitable<bool> HttpConnection::serve_request() {
    if (server_.stopping) {
        co_return false;
    }
    if (co_await wait_for_request()) {
        co_return false;
    }
    RequestReader reader(server_.limits);
    if (co_await read(reader)) {  // the connection ended before the request
        co_return false;
    }
    if (reader.refusal()) {
        co_await refuse(*reader.refusal());
        co_return false;
    }
    co_return co_await answer(reader);
}

// Answers a request that cannot be read.
Awaitable<void> HttpConnection::refuse(const RequestReader::Refusal& refusal) {
    const std::string id = new_request_id();
    Response response = error_response(refusal.status, refusal.message);
    finish(response, {.id = id}, server_.options.allowed_origins);
    server_.metrics.count({}, refusal.status, {});
    server_.access_log.write(
        {.request_id = id, .client = peer_, .method = "-", .target = "-", .status = refusal.status});
    const std::string head = head_of(response, reason_of(response.status), id, false, BodyEnd::length);
    wait_for_client_to_read();
    co_await send(head, response.bytes());
    co_await drain();
}

// A client that is still sending would lose the response if the connection closed now (RFC 9112, 9.6).  It
// gets a moment to end.
Awaitable<void> HttpConnection::drain() {
    constexpr auto moment = std::chrono::seconds(1);
    constexpr std::size_t max_bytes = 1u << 20;
    error_code ended;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ended);
    stream_.expires_after(moment);
    for (std::size_t bytes = 0; !ended && bytes < max_bytes; bytes += buffer_.size()) {
        buffer_.clear();
        ended = co_await receive(body_read_bytes);
    }
}

void HttpConnection::close_if(ClientProgress::Rate rate) {
    asio::post(stream_.get_executor(), [self = shared_from_this(), rate] {
        if (rate(self->progress_, Clock::now())) {
            self->stream_.close();
        }
    });
}

}  // namespace bingefriend
