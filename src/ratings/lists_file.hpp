// A file of lists, as `export` writes them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "bytes/byte_source.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

inline constexpr std::size_t max_list_line_bytes = 1u << 24;

// Reads NDJSON, plain, gzip or zstd: a line per show, {"id": 1, "top": [[2, ...], ...]}, best first. Only the
// first element of each entry counts. Throws Error{unavailable} if the file cannot be read, Error{input} with
// the line if it is not such a file.
//
// Cost: linear; memory: 8 bytes per entry.
[[nodiscard]] ShowLists read_lists(const std::filesystem::path& path);

// The same for decompressed bytes; `name` is for messages.
[[nodiscard]] ShowLists read_lists(const ByteSource& source, const std::string& name);

}  // namespace bingefriend
