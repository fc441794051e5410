// A feature file read into memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace bingefriend {

// Throws Error{input} if the file is missing, unreadable or larger than `max_bytes`.
[[nodiscard]] std::string read_whole_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace bingefriend
