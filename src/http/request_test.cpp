#include "http/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bingefriend {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

RequestHead head_with(Fields fields, bool http_1_0 = false) {
    return {.method = "GET", .target = "/", .http_1_0 = http_1_0, .fields = std::move(fields), .joined = {}};
}

std::string_view key_in(Fields fields) {
    return std::string(head_with(std::move(fields)).key()) == "k" ? "k" : "";
}

TEST(RequestHead, joins_repeated_headers_in_order) {
    RequestHead head =
        head_with({{"X-Forwarded-For", "1.1.1.1, 2.2.2.2"}, {"Host", "h"}, {"x-forwarded-for", "3.3.3.3"}});
    EXPECT_EQ(head.value("X-Forwarded-For"), "1.1.1.1, 2.2.2.2, 3.3.3.3");
    EXPECT_EQ(head.value("host"), "h");
    EXPECT_EQ(head.value("Origin"), "");
}

TEST(RequestHead, reads_the_key_of_a_single_header) {
    EXPECT_EQ(key_in({{"X-API-Key", "k"}}), "k");
    for (const char* authorization : {"Bearer k", "bearer k", "BEARER  k", "beArer k "}) {
        EXPECT_EQ(key_in({{"Authorization", authorization}}), "k") << authorization;
    }
    EXPECT_EQ(key_in({{"X-API-Key", ""}, {"Authorization", "Bearer k"}}), "k");
    for (const char* authorization : {"Bearerk", "Basic k", "k", "Bearer: k", "Bearer,k"}) {
        EXPECT_EQ(key_in({{"Authorization", authorization}}), "") << authorization;
    }
    EXPECT_EQ(key_in({{"X-API-Key", "k"}, {"X-API-Key", "other"}}), "");
    EXPECT_EQ(key_in({{"X-API-Key", "k"}, {"X-API-Key", "k"}}), "");
    EXPECT_EQ(key_in({{"Authorization", "Bearer k"}, {"Authorization", "Bearer k"}}), "");
}

TEST(Framing, requires_one_host) {
    EXPECT_EQ(framing_fault(head_with({{"Host", "x"}})), "");
    EXPECT_EQ(framing_fault(head_with({}, true)), "");
    EXPECT_NE(framing_fault(head_with({})), "");
    EXPECT_NE(framing_fault(head_with({{"Host", "x"}, {"Host", "x"}})), "");
    EXPECT_NE(framing_fault(head_with({{"Host", "x"}, {"hOST", "y"}}, true)), "");
    for (const char* good : {"", "x", "x:80", "x:", "1.2.3.4:8080", "[::1]", "[2001:db8::1]:443",
                             "a-b_c.example", "%41.example"}) {
        EXPECT_EQ(framing_fault(head_with({{"Host", good}})), "") << good;
    }
    for (const char* bad : {"a b", "a/b", "a@b", "a:b", "a:1:2", "a:99999", "::1", "[::1", "[x]", "[::1]x",
                            "http://a", "a?b", "a#b", "\"a\"", "a\xc3\xa9", "%4", "[", "[]"}) {
        EXPECT_NE(framing_fault(head_with({{"Host", bad}})), "") << bad;
    }
}

TEST(Framing, rejects_a_body_without_a_clear_end) {
    const auto fault = [](Fields fields, bool http_1_0 = false) {
        fields.emplace_back("Host", "x");
        return framing_fault(head_with(std::move(fields), http_1_0));
    };
    EXPECT_EQ(fault({{"Transfer-Encoding", "chunked"}}), "");
    EXPECT_EQ(fault({{"transfer-encoding", "Chunked"}}), "");
    EXPECT_EQ(fault({{"Content-Length", "5"}}), "");
    for (const char* coding :
         {"", "xchunked", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked",
          "chunked;x=1", "\"chunked\"", "chunked,", ",chunked", "identity, chunked"}) {
        EXPECT_NE(fault({{"Transfer-Encoding", coding}}), "") << coding;
    }
    EXPECT_NE(fault({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), "");
    EXPECT_NE(fault({{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}), "");
    EXPECT_NE(fault({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), "");
    EXPECT_NE(fault({{"Transfer-Encoding", "chunked"}}, true), "");
    EXPECT_NE(fault({{"Content-Length", "5"}, {"Content-Length", "5"}}), "");
    for (const char* length : {"5, 5", "5,", "+5", "-5", "0x5", "5 5", "5.0"}) {
        EXPECT_NE(fault({{"Content-Length", length}}), "") << length;
    }
}

}  // namespace
}  // namespace bingefriend
