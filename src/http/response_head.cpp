#include "http/response_head.hpp"

#include <fmt/compile.h>

#include <algorithm>

#include "base/json_text.hpp"
#include "base/times.hpp"

namespace bingefriend {
namespace {

void allow_origin(std::span<const std::string> allowed, const Request& request, Response& response) {
    if (allowed.empty()) {
        return;
    }
    response.add_header("Vary", "Origin");
    if (request.origin.empty()) {
        return;
    }
    if (std::find(allowed.begin(), allowed.end(), "*") != allowed.end()) {
        response.add_header("Access-Control-Allow-Origin", "*");
    } else if (std::find(allowed.begin(), allowed.end(), request.origin) != allowed.end()) {
        response.add_header("Access-Control-Allow-Origin", request.origin);
    } else {
        return;
    }
    if (request.method == "OPTIONS") {
        response.add_header("Access-Control-Allow-Headers",
                            "Authorization, Content-Type, If-None-Match, X-API-Key, X-Request-Id");
        response.add_header("Access-Control-Max-Age", "86400");
    } else {
        response.add_header("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id");
    }
}

std::string error_body(const Response& response, std::string_view request_id) {
    JsonText json;
    json.begin_object();
    json.member("error", response.error);
    json.member("code", response.code);
    json.member("request_id", request_id);
    json.end_object();
    return json.take();
}

}  // namespace

void finish(Response& response, const Request& request, std::span<const std::string> allowed_origins) {
    if (response.headers.find("Cache-Control") == std::string::npos) {
        response.add_header("Cache-Control", "no-store");
    }
    response.add_header("Vary", "Accept-Encoding");
    allow_origin(allowed_origins, request, response);
    if (!response.error.empty()) {
        response.body = error_body(response, request.id);
    }
}

std::string head_of(const Response& response, std::string_view reason, std::string_view request_id,
                    bool keep_alive, BodyEnd end) {
    fmt::memory_buffer head;
    auto to = std::back_inserter(head);
    fmt::format_to(to, FMT_COMPILE("HTTP/1.1 {} {}\r\nServer: bingefriend\r\nDate: {}\r\n"), response.status,
                   reason, http_time_now());
    if (response.status != 204 && response.status != 304) {
        fmt::format_to(to, FMT_COMPILE("Content-Type: {}\r\nX-Content-Type-Options: nosniff\r\n"),
                       response.content_type);
        if (end == BodyEnd::length) {
            fmt::format_to(to, FMT_COMPILE("Content-Length: {}\r\n"), response.bytes().size());
        } else if (end == BodyEnd::last_chunk) {
            fmt::format_to(to, FMT_COMPILE("Transfer-Encoding: chunked\r\n"));
        }
    }
    fmt::format_to(to, FMT_COMPILE("{}X-Request-Id: {}\r\nConnection: {}\r\n\r\n"), response.headers,
                   request_id, keep_alive ? "keep-alive" : "close");
    return fmt::to_string(head);
}

ChunkFrame chunk_frame(std::size_t bytes, bool is_last) {
    if (bytes == 0) {
        return {"0\r\n\r\n", ""};
    }
    return {fmt::format(FMT_COMPILE("{:x}\r\n"), bytes), is_last ? "\r\n0\r\n\r\n" : "\r\n"};
}

}  // namespace bingefriend
