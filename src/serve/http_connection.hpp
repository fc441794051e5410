// One connection of a client: its requests are read, answered and sent, one after the other.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "serve/access_log.hpp"
#include "serve/answer_queue.hpp"
#include "serve/clients.hpp"
#include "serve/network.hpp"
#include "serve/progress.hpp"
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
          access_log(options, service.metrics.lost_access_lines) {}

    Service service;
    const ServeOptions& options;
    const ServerLimits& limits;
    TrustedProxies proxies;
    RateLimiter rates;
    AccessLogger access_log;
    std::atomic<bool> stopping = false;  // no further requests
};

// Lives on the executor of its socket, which one thread runs.
class HttpConnection {
  public:
    using Clock = std::chrono::steady_clock;

    // `peer` is the address of the other side.  The others outlive the connection.
    HttpConnection(NetworkSocket socket, std::string peer, Serving& serving, AnswerQueue& indexed,
                   AnswerQueue& computed);
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;
    ~HttpConnection();

    // Answers requests until one side ends it.  Throws nothing.
    [[nodiscard]] Awaitable<void> serve();

    [[nodiscard]] const std::string& peer() const;

    // Any thread.
    [[nodiscard]] const Progress& progress() const;

    // Any thread; the connection lives until that is done.  Closes it unless the client waits for an answer.
    static void close_if_slow(const std::shared_ptr<HttpConnection>& connection);
    // Closes it if the client takes an answer slowly.
    static void close_if_slow_reader(const std::shared_ptr<HttpConnection>& connection);
    // Closes it if no request is under way.
    static void close_if_idle(const std::shared_ptr<HttpConnection>& connection);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace bingefriend
