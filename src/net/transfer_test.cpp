// Bodies that are sent and received piece by piece.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/error.hpp"
#include "net/fake_clock.hpp"
#include "net/http_client.hpp"
#include "net/test_server.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Streaming : public testing::Test {
  protected:
    HttpClient client() {
        HttpSettings settings;
        settings.clock = clock_.clock();
        return HttpClient(settings);
    }
    FakeClock clock_;
};

TEST_F(Streaming, sends_a_body_with_method_headers_and_length_and_again_on_retry) {
    const TestServer server([](const std::string&, std::size_t number) {
        return number == 0 ? TestServer::response(503, "") : TestServer::response(201, "made");
    });
    const std::string body(300'000, 'b');
    const HttpResponse response = client().send({.url = server.url() + "/blob",
                                                 .method = "PUT",
                                                 .headers = {"x-ms-blob-type: BlockBlob"},
                                                 .upload = HttpUpload::of(body)});
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, "made");
    ASSERT_EQ(server.requests().size(), 2u);
    for (const std::string& request : server.requests()) {
        EXPECT_TRUE(request.starts_with("PUT /blob HTTP/1.1\r\n"));
        EXPECT_THAT(request, HasSubstr("x-ms-blob-type: BlockBlob\r\n"));
        EXPECT_THAT(request, HasSubstr("Content-Length: 300000\r\n"));
        EXPECT_THAT(request, Not(HasSubstr("Expect:")));
        EXPECT_TRUE(request.ends_with("\r\n\r\n" + body));
    }
}

TEST_F(Streaming, sends_other_methods_and_an_empty_body) {
    const TestServer server([](const std::string&, std::size_t) { return TestServer::response(200, ""); });
    HttpClient http = client();
    (void)http.send({.url = server.url(), .method = "DELETE"});
    (void)http.send({.url = server.url(), .method = "POST", .upload = HttpUpload::of("")});
    EXPECT_EQ(http.send({.url = server.url(), .method = "HEAD"}).header("content-length"), "0");
    (void)http.get(server.url());
    const auto requests = server.requests();
    EXPECT_TRUE(requests.at(0).starts_with("DELETE / "));
    EXPECT_TRUE(requests.at(1).starts_with("POST / "));
    EXPECT_THAT(requests.at(1), HasSubstr("Content-Length: 0\r\n"));
    EXPECT_TRUE(requests.at(2).starts_with("HEAD / "));
    EXPECT_TRUE(requests.at(3).starts_with("GET / ")) << "nothing is left of the requests before";
}

TEST_F(Streaming, receives_a_body_in_chunks_and_restarts_on_retry) {
    const std::string body(100'000, 'r');
    const TestServer server([&](const std::string& target, std::size_t number) {
        return target == "/empty" ? TestServer::response(204, "")
               : number == 0      ? TestServer::response(500, "not this")
               : number == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body.substr(0, 70'000)
                             : TestServer::response(200, body);
    });
    std::string received = "old";
    const auto receive = [&](std::uint64_t offset, std::string_view bytes) {
        received.resize(static_cast<std::size_t>(offset));
        received += bytes;
    };
    HttpClient http = client();
    const HttpResponse response = http.send({.url = server.url(), .receive = receive});
    EXPECT_EQ(response.retries, 2u);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(received, body);
    EXPECT_EQ(http.send({.url = server.url() + "/empty", .receive = receive}).status, 204);
    EXPECT_EQ(received, "") << "told of an empty body too";
}

TEST_F(Streaming, calls_the_request_maker_for_every_attempt) {
    const TestServer server([](const std::string&, std::size_t number) {
        return TestServer::response(number < 2 ? 500 : 200, "");
    });
    int made = 0;
    (void)client().send([&] {
        return HttpRequest{.url = server.url(), .headers = {"x-attempt: " + std::to_string(++made)}};
    });
    EXPECT_THAT(server.requests().at(2), HasSubstr("x-attempt: 3\r\n"));
}

TEST_F(Streaming, puts_the_body_of_an_error_in_the_response) {
    const TestServer server(
        [](const std::string&, std::size_t) { return TestServer::response(404, "<Error/>"); });
    bool called = false;
    const HttpResponse response = client().send(
        {.url = server.url(), .receive = [&](std::uint64_t, std::string_view) { called = true; }});
    EXPECT_EQ(response.body, "<Error/>");
    EXPECT_FALSE(called);
}

TEST_F(Streaming, rethrows_exceptions_of_callbacks) {
    const TestServer server(
        [](const std::string&, std::size_t) { return TestServer::response(200, "body"); });
    HttpClient http = client();
    EXPECT_THROW(
        (void)http.send({.url = server.url(),
                         .receive = [](std::uint64_t,
                                       std::string_view) { throw std::runtime_error("the disk is full"); }}),
        std::runtime_error);
    EXPECT_THROW(
        (void)http.send({.url = server.url(),
                         .method = "PUT",
                         .upload = HttpUpload{10, [](std::uint64_t, std::span<char>) { return 0; }}}),
        Error);
    EXPECT_EQ(http.get(server.url()).body, "body") << "the client can be used on";
}

}  // namespace
}  // namespace bingefriend
