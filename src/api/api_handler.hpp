// Responds to the requests of an HTTP server: its threads and their queues.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "api/service.hpp"
#include "http/handler.hpp"

namespace bingefriend {

class ApiHandler final : public Handler {
  public:
    // The reader outlives the handler.
    ApiHandler(ServeOptions options, PublishedReader& reader);
    ~ApiHandler() override;

    [[nodiscard]] std::vector<RouteName> routes() const override;
    // /livez and /readyz.
    [[nodiscard]] bool is_unlimited(const Request& request) const override;
    void start(HttpServer& server) override;
    void stop() override;
    [[nodiscard]] Awaitable<Response> respond(const Request& request, std::size_t thread) override;

  private:
    struct Threads;

    Service service_;
    std::unique_ptr<Threads> threads_;  // between start() and stop()
};

}  // namespace bingefriend
