// A source of bytes: a file, a pipe, a download.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace bingefriend {

// Fills the buffer with the next bytes and returns how many; 0 at the end.
using ByteSource = std::function<std::size_t(std::span<char> buffer)>;

}  // namespace bingefriend
