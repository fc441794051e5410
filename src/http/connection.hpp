// One connection of a client: its requests are read, answered and sent, one after the other.
#pragma once

#include <atomic>
#include <boost/beast/core/basic_stream.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/access_log.hpp"
#include "http/client_progress.hpp"
#include "http/handler.hpp"
#include "http/metrics.hpp"
#include "http/options.hpp"
#include "http/proxies.hpp"
#include "http/rate_limiter.hpp"
#include "http/request_reader.hpp"
#include "http/response_head.hpp"

namespace bingefriend {

// What the connections of a server share.  Thread-safe.
struct ServerContext {
    ServerContext(HttpOptions http_options, Handler& what_responds)
        : options(std::move(http_options)),
          limits(options.limits),
          handler(what_responds),
          routes(handler.routes()),
          metrics(routes),
          proxies(options.trusted_proxies),
          rates(limits.requests_per_second, limits.burst),
          access_log(options, metrics.lost_access_lines) {}

    const HttpOptions options;
    const ServerLimits& limits;
    Handler& handler;
    const std::vector<RouteName> routes;
    HttpMetrics metrics;
    TrustedProxies proxies;
    RateLimiter rates;
    AccessLogger access_log;
    std::atomic<bool> stopping = false;  // no more requests
};

// Lives on the executor of its stream, which one thread runs.
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
  public:
    using Clock = ClientProgress::Clock;

    // `peer` is the address of the other side.  `thread` is the number of the socket's I/O thread.
    HttpConnection(NetworkSocket socket, std::string peer, ServerContext& server, std::size_t thread)
        : server_(server), thread_(thread), stream_(std::move(socket)), peer_(std::move(peer)) {}

    // Answers requests until one side closes.  Throws nothing.
    [[nodiscard]] Awaitable<void> serve();

    [[nodiscard]] const std::string& peer() const { return peer_; }

    // Thread-safe.
    [[nodiscard]] const ClientProgress& progress() const { return progress_; }

    // Closes the connection, on its own thread, if it has this rate there.  Thread-safe.
    void close_if(ClientProgress::Rate rate);

  private:
    // connection.cpp: reads requests.
    Awaitable<bool> serve_request();
    Awaitable<boost::system::error_code> wait_for_request();
    Awaitable<boost::system::error_code> read(RequestReader& reader);
    Awaitable<boost::system::error_code> receive(std::size_t max_bytes);
    Awaitable<void> refuse(const RequestReader::Refusal& refusal);
    Awaitable<void> drain();

    // sending.cpp: answers them.
    Awaitable<bool> answer(RequestReader& reader);
    [[nodiscard]] std::optional<Response> refusal(const Request& request, const std::string& client,
                                                  Clock::time_point now);
    Awaitable<void> send_chunks(Response& response, std::string before, BodyEnd end, AccessRecord record);
    Awaitable<void> send(std::string_view first, std::string_view second = {});
    void wait_for_handler();
    void wait_for_client_to_read();

    ServerContext& server_;
    const std::size_t thread_;
    boost::beast::basic_stream<boost::asio::ip::tcp, NetworkExecutor> stream_;
    std::string buffer_;  // bytes received and not read yet
    std::string peer_;
    ClientProgress progress_;
};

}  // namespace bingefriend
