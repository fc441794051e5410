// The interface between the server and what responds to its requests.  The server knows nothing else of it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"
#include "http/response.hpp"

namespace bingefriend {

// Types of the I/O threads.  Each has its own context, whose executor is named here: Asio's general executor
// costs more than a small response.
using NetworkExecutor = boost::asio::io_context::executor_type;
using NetworkSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, NetworkExecutor>;
template <typename T>
using Awaitable = boost::asio::awaitable<T, NetworkExecutor>;
inline constexpr boost::asio::use_awaitable_t<NetworkExecutor> awaited;

// Handler that resumes a waiting coroutine. Call it once, on its thread.
template <typename... Results>
using Continuation = typename boost::asio::async_result<boost::asio::use_awaitable_t<NetworkExecutor>,
                                                        void(Results...)>::handler_type;

class HttpServer;

// A route as metrics and the access log show it.
struct RouteName {
    std::string_view method;
    std::string_view path;
};

class Handler {
  public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;

    // All routes, always the same.  Response::route is an index of them.
    [[nodiscard]] virtual std::vector<RouteName> routes() const = 0;

    // True if rate limits do not apply to this request.  Thread-safe.
    [[nodiscard]] virtual bool is_unlimited(const Request& request) const = 0;

    // Called by HttpServer::run() before the first request, and after the I/O threads ended.  After stop() no
    // thread of the handler may resume a request.
    virtual void start(HttpServer& server) = 0;
    virtual void stop() = 0;

    // Responds to one request.  Begins and ends on I/O thread `thread`, whose executor is
    // HttpServer::executors()[thread].  What blocks there holds up its other connections.  `request` is valid
    // until the response is destroyed.  Does not throw.
    [[nodiscard]] virtual Awaitable<Response> respond(const Request& request, std::size_t thread) = 0;
};

// The rest of a body that is made chunk by chunk, so that it is never held as a whole.
class BodyStream {
  public:
    BodyStream() = default;
    BodyStream(const BodyStream&) = delete;
    BodyStream& operator=(const BodyStream&) = delete;
    virtual ~BodyStream() = default;

    // The next chunk; none if the body cannot be completed.  REQUIRES: not done.
    [[nodiscard]] virtual Awaitable<std::optional<std::string>> next() = 0;

    // True if the last chunk was made.
    [[nodiscard]] virtual bool is_done() const = 0;
};

}  // namespace bingefriend
