// A server on a thread, with a handler that knows a few paths.  For tests.
#pragma once

#include <gtest/gtest.h>
#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <atomic>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "http/test_client.hpp"

namespace bingefriend {

class TestHandler final : public Handler {
  public:
    static constexpr std::size_t large_bytes = 64u << 10;
    static constexpr std::size_t chunks = 100;

    [[nodiscard]] std::vector<RouteName> routes() const override {
        return {
            {"GET", "/hello"}, {"GET", "/probe"}, {"GET", "/large"}, {"GET", "/slow"}, {"GET", "/chunks"}};
    }
    [[nodiscard]] bool is_unlimited(const Request& request) const override {
        return request.target == "/probe";
    }
    void start(HttpServer& of_handler) override { server = &of_handler; }
    void stop() override { others_.join(); }

    // A path and what may follow it: "/hello?n=1" is /hello.  /slow runs `before_slow` on a thread of the
    // handler, /chunks sends a body of many chunks.  The body of /hello is its own target.
    [[nodiscard]] Awaitable<Response> respond(const Request& request, std::size_t) override {
        const std::string path(request.target.substr(0, request.target.find('?')));
        Response response;
        response.body = request.target;
        const std::vector<RouteName> known = routes();
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (known[i].path == path) {
                response.route = i;
            }
        }
        if (!response.route) {
            response = error_response(404, "Not found");
        } else if (request.method != "GET" && request.method != "HEAD") {
            response = error_response(405, "Method not allowed");
        } else if (path == "/large") {
            response.body = std::string(large_bytes, 'x');
        } else if (path == "/slow") {
            co_await leave_thread();
        } else if (path == "/chunks") {
            response.rest = std::make_shared<Chunks>(*this);
        }
        co_return response;
    }

    std::function<void()> before_slow = [] {};
    std::atomic<std::size_t> chunk_that_fails = chunks;
    HttpServer* server = nullptr;

  private:
    class Chunks final : public BodyStream {
      public:
        explicit Chunks(TestHandler& handler) : handler_(handler) {}
        [[nodiscard]] Awaitable<std::optional<std::string>> next() override {
            co_await handler_.leave_thread();
            ++made_;
            co_return made_ == handler_.chunk_that_fails ? std::nullopt
                                                         : std::optional(std::string(large_bytes, 'c'));
        }
        [[nodiscard]] bool is_done() const override { return made_ + 1 == chunks; }

      private:
        TestHandler& handler_;
        std::size_t made_ = 0;
    };

    Awaitable<void> leave_thread() {
        return boost::asio::async_initiate<decltype(awaited), void()>(
            [this](Continuation<> resume) {
                boost::asio::post(others_, [this, resume = std::move(resume)]() mutable {
                    before_slow();
                    const auto executor = boost::asio::get_associated_executor(resume);
                    boost::asio::dispatch(executor, std::move(resume));
                });
            },
            awaited);
    }

    boost::asio::thread_pool others_{1};
};

// A server on a free port of this machine.
class RunningHttpServer : public testing::Test {
  protected:
    void start(HttpOptions options = {}) {
        options.port = 0;
        handler_ = std::make_unique<TestHandler>();
        handler_->before_slow = before_slow_;
        server_ = std::make_unique<HttpServer>(options, *handler_);
        thread_ = std::thread([this] { server_->run(); });
    }
    void stop() {
        if (thread_.joinable()) {
            server_->stop();
            thread_.join();
        }
    }
    // The value of a metric; of the first labels, if it has any.
    [[nodiscard]] std::optional<double> metric(const std::string& name) const {
        for (const prometheus::MetricFamily& family : server_->metrics().Collect()) {
            if (family.name == name && !family.metric.empty()) {
                const prometheus::ClientMetric& first = family.metric.front();
                return family.type == prometheus::MetricType::Counter ? first.counter.value
                                                                      : first.gauge.value;
            }
        }
        return {};
    }
    ~RunningHttpServer() override {
        stop();
        server_.reset();
    }

    std::function<void()> before_slow_ = [] {};  // of the next server
    std::unique_ptr<TestHandler> handler_;
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

}  // namespace bingefriend
