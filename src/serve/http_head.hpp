// The head of an answer, as bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "serve/response.hpp"

namespace bingefriend {

// What tells a client where the body ends.
enum class BodyEnd { length, last_chunk, close };

// Status line and headers, with the empty line that ends them.  `reason` is the status in words.
[[nodiscard]] std::string head_of(const Response& response, std::string_view reason,
                                  std::string_view request_id, bool keep_alive, BodyEnd end);

// What is sent before and after a piece of a body in chunks, or behind all of them.  REQUIRES: a piece that
// is not the last is not empty.
struct ChunkFrame {
    std::string before;
    std::string_view after;
};
[[nodiscard]] ChunkFrame chunk_frame(std::size_t bytes, bool is_last);

}  // namespace bingefriend
