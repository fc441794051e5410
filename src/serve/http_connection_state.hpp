// What a connection is made of: http_connection.cpp reads requests, http_answering.cpp answers them.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "serve/http_connection.hpp"
#include "serve/http_head.hpp"
#include "serve/request_reader.hpp"
#include "serve/respond.hpp"

namespace bingefriend {

struct HttpConnection::State : std::enable_shared_from_this<State> {
    State(NetworkSocket from_client, std::string from, Serving& shared, AnswerQueue& reads,
          AnswerQueue& computations)
        : serving(shared),
          indexed(reads),
          computed(computations),
          socket(std::move(from_client)),
          watch(socket.get_executor()),
          peer(std::move(from)) {}

    Awaitable<void> serve();
    Awaitable<bool> serve_request();
    Awaitable<boost::system::error_code> wait_for_request();
    Awaitable<boost::system::error_code> read(RequestReader& reader);
    Awaitable<boost::system::error_code> receive(std::size_t at_most);
    Awaitable<bool> answer(RequestReader& reader);
    Awaitable<void> refuse(const RequestReader::Refusal& refusal);
    Awaitable<void> drain();
    Awaitable<void> send_in_pieces(Exchange& exchange, Response response, std::string before, BodyEnd end,
                                   std::size_t& bytes);
    Awaitable<void> send(std::string_view first, std::string_view second = {});
    std::optional<std::chrono::seconds> rate_limited(const Request& request, const std::string& client,
                                                     Clock::time_point now);
    void wait_for_answer();
    void wait_for_client_to_read();
    void allow(std::chrono::milliseconds time) { deadline = Clock::now() + time; }
    void watch_deadline();

    Serving& serving;
    AnswerQueue& indexed;
    AnswerQueue& computed;
    NetworkSocket socket;
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, NetworkExecutor> watch;
    Clock::time_point deadline;  // of what is waited for
    std::string buffer;          // what has arrived and is not read yet
    std::string peer;
    Progress progress;
};

}  // namespace bingefriend
