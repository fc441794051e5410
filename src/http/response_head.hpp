// The head of a response: the headers that every response has, and its bytes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "http/request.hpp"
#include "http/response.hpp"

namespace bingefriend {

// Adds Cache-Control (unless it is set), Vary and the CORS headers, and writes the body of an error:
// {"error": ..., "code": ..., "request_id": ...}.
void finish(Response& response, const Request& request, std::span<const std::string> allowed_origins);

// How a client recognises the end of the body.
enum class BodyEnd { length, last_chunk, close };

// Status line and headers, with the empty line that ends them.  `reason` is the status in words.
[[nodiscard]] std::string head_of(const Response& response, std::string_view reason,
                                  std::string_view request_id, bool keep_alive, BodyEnd end);

// What is sent before and after a chunk of a body, or after the last chunk.  REQUIRES: only the last chunk is
// empty.
struct ChunkFrame {
    std::string before;
    std::string_view after;
};
[[nodiscard]] ChunkFrame chunk_frame(std::size_t bytes, bool is_last);

}  // namespace bingefriend
