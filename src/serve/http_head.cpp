#include "serve/http_head.hpp"

#include <fmt/compile.h>

#include "base/times.hpp"

namespace bingefriend {

std::string head_of(const Response& response, std::string_view reason, std::string_view request_id,
                    bool keep_alive, BodyEnd end) {
    fmt::memory_buffer head;
    auto to = std::back_inserter(head);
    fmt::format_to(to, FMT_COMPILE("HTTP/1.1 {} {}\r\nServer: bingefriend\r\nDate: {}\r\n"), response.status,
                   reason, http_date());
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
