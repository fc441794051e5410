// The API on sockets.
#pragma once

#include <cstdint>
#include <memory>

#include "serve/serve.hpp"

namespace bingefriend {

class HttpServer {
  public:
    // Listens at once.  Throws Error{conflict} where the port is in use, Error{usage} for a bad host.
    HttpServer(ServeOptions options, const ReaderFactory& open_reader);
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
