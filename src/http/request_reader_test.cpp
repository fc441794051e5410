#include "http/request_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using testing::HasSubstr;

// A request parsed from pieces of a given size, and the bytes that follow it.
struct Parsed {
    unsigned refused = 0;
    bool done = false;
    std::string target, body, rest;
};

Parsed read_in_pieces(const std::string& bytes, std::size_t piece) {
    const ServerLimits limits;
    RequestReader reader(limits);
    std::string waiting;
    std::size_t arrived = 0;
    while (arrived < bytes.size() && !reader.is_done() && !reader.refusal()) {
        waiting += bytes.substr(arrived, piece);
        arrived = std::min(arrived + piece, bytes.size());
        waiting.erase(0, reader.put(waiting));
    }
    Parsed read;
    read.refused = reader.refusal() ? reader.refusal()->status : 0;
    read.done = reader.is_done() && read.refused == 0;
    if (read.done) {
        read = {.done = true,
                .target = std::string(reader.head().target),
                .body = std::string(reader.body()),
                .rest = waiting + bytes.substr(arrived)};
    }
    return read;
}

unsigned refused(const std::string& bytes) {
    const unsigned status = read_in_pieces(bytes, bytes.size()).refused;
    for (const std::size_t piece : {1u, 2u, 3u, 7u}) {
        EXPECT_EQ(read_in_pieces(bytes, piece).refused, status) << piece << ": " << bytes.substr(0, 200);
    }
    return status;
}

std::string post(const std::string& headers, const std::string& body) {
    return "POST /x HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}

TEST(RequestReader, parses_the_same_request_from_pieces_of_any_size) {
    const std::string next = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";
    for (const auto& [bytes, body] :
         {std::pair<std::string, std::string>{"GET /x HTTP/1.1\r\nHost: h\r\n\r\n", ""},
          {post("Content-Length: 5\r\n", "ab\r\n "), "ab\r\n "},
          {post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n4;x=\"y\"\r\n\r\n d\r\n0\r\n\r\n"),
           "abc\r\n d"}}) {
        for (std::size_t piece = 1; piece <= bytes.size() + next.size(); ++piece) {
            const Parsed read = read_in_pieces(bytes + next, piece);
            ASSERT_TRUE(read.done) << piece << bytes;
            EXPECT_EQ(read.target, "/x");
            EXPECT_EQ(read.body, body);
            EXPECT_EQ(read.rest, next) << piece << bytes;
        }
    }
}

TEST(RequestReader, refuses_requests_that_servers_read_differently) {
    for (const std::string& bad : {post("Transfer-Encoding: xchunked\r\n", ""),
                                   post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
                                   post("X: a\r\n\tb\r\n", ""),
                                   post("Content-Length : 5\r\n", "hello"),
                                   post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
                                   post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                                   post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
                                   post("Transfer-Encoding: chunked\r\n", "5;x=\"\n\"\r\nhello\r\n0\r\n\r\n"),
                                   post("Transfer-Encoding: chunked\r\n", "-1\r\nx\r\n"),
                                   post("Transfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n"),
                                   post("Transfer-Encoding: chunked\r\n", "5\r\nhello6\r\n0\r\n\r\n"),
                                   post("X: a\rb\r\n", ""),
                                   post("X: a\nb\r\n", ""),
                                   post("X\r\n", ""),
                                   post(": x\r\n", ""),
                                   post("X\x01: y\r\n", ""),
                                   std::string("GET / HTTP/1.1\nHost: h\n\n\r\n\r\n"),
                                   std::string("GET / HTTP/1.1\nHost: h\n\n"),
                                   std::string("GET / HTTP/1.1\r\nHost: h\n\n"),
                                   std::string(" GET / HTTP/1.1\r\nHost: h\r\n\r\n"),
                                   std::string("GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
                                   std::string("GET  / HTTP/1.1\r\nHost: h\r\n\r\n"),
                                   std::string("GET / HTTP/1.1 \r\nHost: h\r\n\r\n"),
                                   std::string("GET / HTTP/2.0\r\nHost: h\r\n\r\n"),
                                   std::string("GET /\r\n\r\n"),
                                   std::string("GET / HTTP/1.1\r\n\r\n")}) {
        EXPECT_EQ(refused(bad), 400u) << bad;
    }
}

TEST(RequestReader, refuses_requests_beyond_its_limits) {
    EXPECT_EQ(refused(post("X: " + std::string(20'000, 'a') + "\r\n", "")), 431u);
    EXPECT_EQ(refused("GET /" + std::string(20'000, 'a')), 414u);
    std::string many;
    for (int i = 0; i < 5'000; ++i) {
        many += "X: aaaa\r\n";
    }
    EXPECT_EQ(refused(post(many, "")), 431u) << "each is short, the sum is not";
    EXPECT_EQ(refused(post("Content-Length: 999999999999\r\n", "")), 413u);
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", "fffffff\r\n")), 413u);
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", "5;" + std::string(40'000, 'x'))), 431u);
    EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", "0\r\nX: " + std::string(40'000, 'x'))), 431u);
}

TEST(RequestReader, ignores_fields_after_the_body) {
    const ServerLimits limits;
    RequestReader reader(limits);
    const std::string bytes =
        post("Transfer-Encoding: chunked\r\n", "0\r\nX-API-Key: k\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n");
    EXPECT_EQ(reader.put(bytes), bytes.size());
    ASSERT_TRUE(reader.is_done());
    EXPECT_EQ(reader.head().key(), "");
    EXPECT_EQ(reader.head().value("X-Forwarded-For"), "");
}

}  // namespace
}  // namespace bingefriend
