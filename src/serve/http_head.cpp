#include "serve/http_head.hpp"

#include <fmt/compile.h>

#include "serve/times.hpp"

namespace bingefriend {

std::string head_of(const Response& response, std::string_view reason, std::string_view request_id,
                    bool keep_alive) {
    fmt::memory_buffer head;
    auto to = std::back_inserter(head);
    fmt::format_to(to, FMT_COMPILE("HTTP/1.1 {} {}\r\nServer: bingefriend\r\nDate: {}\r\n"), response.status,
                   reason, http_date());
    if (response.status != 204 && response.status != 304) {
        fmt::format_to(
            to, FMT_COMPILE("Content-Type: {}\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {}\r\n"),
            response.content_type, response.bytes().size());
    }
    fmt::format_to(to, FMT_COMPILE("{}X-Request-Id: {}\r\nConnection: {}\r\n\r\n"), response.headers,
                   request_id, keep_alive ? "keep-alive" : "close");
    return fmt::to_string(head);
}

}  // namespace bingefriend
