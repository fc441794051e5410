// A square matrix as .npy.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace bingefriend {

// values: n × n, row by row; written as float64.
void write_matrix(const std::filesystem::path& path, std::size_t n, std::span<const double> values);

}  // namespace bingefriend
