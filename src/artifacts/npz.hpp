// A sparse matrix in SciPy's save_npz layout: a zip of .npy arrays.
#pragma once

#include <cstddef>
#include <filesystem>

#include "domain/features.hpp"

namespace bingefriend {

void write_csr_npz(const std::filesystem::path& path, const TextMatrix& matrix, std::size_t columns);

// The columns of each row are put in ascending order.  Throws Error{input} where the file is no
// CSR matrix of rows × columns with finite values and every index in range.
[[nodiscard]] TextMatrix read_csr_npz(const std::filesystem::path& path, std::size_t rows,
                                      std::size_t columns);

}  // namespace bingefriend
