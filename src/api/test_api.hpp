// The API without a server, over a database in memory.  For tests.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/answer_batch.hpp"
#include "edition/in_memory_reader.hpp"
#include "http/response_head.hpp"

namespace bingefriend {

class ApiTest : public testing::Test {
  protected:
    Response ask(std::string_view target, std::string_view method = "GET") {
        return ask({.method = method, .target = target, .id = "r-1"});
    }
    Response ask(const Request& request) {
        Response response = respond(*service_, request);
        finish(response, request, {});
        if (response.cached_body) {
            response.body = *response.cached_body;
        }
        return response;
    }
    // As the watcher does, a moment after something changed.
    void look_again() { service_->editions.look(); }
    void serve_with(ServeOptions options) {
        options.version = "1.2.3";
        service_ = std::make_unique<Service>(std::move(options), database_);
        look_again();  // as the server does before it accepts clients
    }
    std::string header(const Response& response, const std::string& name) {
        const std::size_t at = response.headers.find(name + ": ");
        if (at == std::string::npos) {
            return {};
        }
        const std::size_t begin = at + name.size() + 2;
        return response.headers.substr(begin, response.headers.find("\r\n", begin) - begin);
    }
    ApiTest() { serve_with({}); }
    std::string error(std::string_view target) {
        const Response response = ask(target);
        EXPECT_EQ(response.status, 400u) << target;
        return nlohmann::json::parse(response.body).value("error", "");
    }

    // The responses to requests that wait for the database at the same time.
    std::vector<Response> ask_together(const std::vector<std::string>& targets) {
        std::deque<Request> requests;
        std::deque<Exchange> exchanges;
        std::vector<Exchange*> waiting;
        for (const std::string& target : targets) {
            requests.push_back({.method = "GET", .target = target, .id = "r-1"});
            waiting.push_back(&exchanges.emplace_back(*service_, requests.back()));
            EXPECT_FALSE(waiting.back()->answer_at_once()) << target;
        }
        std::vector<Response> responses = *answers_from_database(*service_, waiting, Patience::may_wait);
        for (std::size_t i = 0; i < responses.size(); ++i) {
            finish(responses[i], requests[i], {});
        }
        return responses;
    }

    SampleReader database_;
    std::unique_ptr<Service> service_;
};

}  // namespace bingefriend
