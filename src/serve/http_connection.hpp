// One connection of a client: its requests are read, answered and sent, one after the other.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "serve/access_log.hpp"
#include "serve/clients.hpp"
#include "serve/service.hpp"

namespace bingefriend {

// What the connections of a server share.  Any thread.
struct Serving {
    Serving(ServeOptions serve_options, const ReaderFactory& open_reader)
        : service(std::move(serve_options), open_reader),
          options(service.options),
          limits(options.limits),
          proxies(options.trusted_proxies),
          rates(limits.requests_a_second, limits.burst),
          access_log(options.access_log) {}

    Service service;
    const ServeOptions& options;
    const ServerLimits& limits;
    TrustedProxies proxies;
    RateLimiter rates;
    AccessLogger access_log;
    boost::asio::thread_pool* database = nullptr;  // null: the network's threads ask it
    std::atomic<bool> stopping = false;            // no further requests
};

// Lives on the executor of its socket, which one thread runs.
class HttpConnection {
  public:
    using Clock = std::chrono::steady_clock;

    // `peer` is the address of the other side; `serving` outlives the connection.
    HttpConnection(boost::asio::ip::tcp::socket socket, std::string peer, Serving& serving);
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;
    ~HttpConnection();

    // Answers requests until one side ends it.  Throws nothing.
    [[nodiscard]] boost::asio::awaitable<void> serve();

    [[nodiscard]] const std::string& peer() const;

    // Since when it waits for a request; 0 where one is under way.  Any thread.
    [[nodiscard]] Clock::rep idle_since() const;

    // Any thread; the connection lives until that is done.
    static void close_if_idle(const std::shared_ptr<HttpConnection>& connection);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bingefriend
