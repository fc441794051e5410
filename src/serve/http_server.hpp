// The API on sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "serve/serve.hpp"

namespace bingefriend {

// What a stranger may take of the server.
struct ServerLimits {
    std::size_t connections = 1'024;  // further ones wait in the backlog
    std::uint32_t header_bytes = 16 * 1'024;
    std::size_t target_bytes = 8 * 1'024;
    std::uint64_t body_bytes = 64 * 1'024;
    std::chrono::seconds header_timeout{10};  // for a whole request to arrive
    std::chrono::seconds idle_timeout{60};    // between requests
    std::chrono::seconds write_timeout{30};
    std::chrono::seconds shutdown_timeout{5};  // for requests under way when it is told to stop
};

class HttpServer {
  public:
    // Listens at once.  Throws Error{conflict} where the port is in use, Error{usage} for a bad host.
    HttpServer(ServeOptions options, ReaderFactory open_reader, ServerLimits limits = {});
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const;

    // From now on SIGINT and SIGTERM call stop().
    void stop_on_signals();

    // Answers on options.threads threads until stop().
    void run();

    // From any thread: no more connections; requests under way are finished.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bingefriend
