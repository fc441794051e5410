// The HTTP server: listens, gives each connection to an I/O thread, and ends them all when it is told to
// stop.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "http/handler.hpp"
#include "http/options.hpp"

namespace prometheus {
class Collectable;
}

namespace bingefriend {

class HttpServer {
  public:
    // Listens at once.  `handler` must outlive the server.  Throws Error{conflict} if the port is in use,
    // Error{usage} for an invalid host or trusted proxy.
    HttpServer(HttpOptions options, Handler& handler);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const;

    // From now on, SIGINT and SIGTERM call stop().
    void stop_on_signals();

    // Serves on options.threads threads until stop().
    void run();

    // Accepts no more connections and finishes active requests.  Thread-safe.
    void stop();

    // For the handler.  One executor per I/O thread:
    [[nodiscard]] std::vector<NetworkExecutor> executors();
    [[nodiscard]] const prometheus::Collectable& metrics() const;
    // Closes the connection of the client that reads most slowly, at most ten times per second.  Thread-safe.
    void close_slowest_reader();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Serves until SIGINT or SIGTERM, then finishes active requests and returns.  Calls `listening` once with the
// port, when connections are accepted.  Throws as HttpServer.
void serve_until_signal(const HttpOptions& options, Handler& handler,
                        const std::function<void(std::uint16_t port)>& listening);

}  // namespace bingefriend
