// A server of the API over a database in memory.  For tests.
#pragma once

#include <memory>
#include <thread>

#include "api/api_handler.hpp"
#include "edition/in_memory_reader.hpp"
#include "http/server.hpp"
#include "http/test_client.hpp"

namespace bingefriend {

// On a free port of this machine.
class RunningServer : public testing::Test {
  protected:
    void start(ServeOptions options = {}) {
        options.http.port = 0;
        options.version = "1.2.3";
        handler_ = std::make_unique<ApiHandler>(options, database_);
        server_ = std::make_unique<HttpServer>(options.http, *handler_);
        thread_ = std::thread([this] { server_->run(); });
    }
    void stop() {
        if (thread_.joinable()) {
            server_->stop();
            thread_.join();
        }
        server_.reset();
    }
    ~RunningServer() override { stop(); }

    SampleReader database_;
    std::unique_ptr<ApiHandler> handler_;
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

}  // namespace bingefriend
