// A sparse matrix in SciPy's save_npz layout: a zip of .npy arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "domain/features.hpp"

namespace bingefriend {

void write_csr_npz(const std::filesystem::path& path, const TextMatrix& matrix, std::size_t columns);

// A matrix of zeros and ones, given by the columns of the ones: those of row r are column[row_start[r]] to
// column[row_start[r + 1]].  Written as uint8.
void write_csr_npz_of_ones(const std::filesystem::path& path, std::span<const std::int64_t> row_start,
                           std::span<const std::int32_t> column, std::size_t columns);

// The columns of each row are put in ascending order, zeros left out.  Takes the numbers in any type that
// npy.hpp reads, plain or deflated.  No more is unpacked than rows × columns can need.
// Throws Error{input} where the file is no CSR matrix of rows × columns with finite values and every
// index in range, each once.
[[nodiscard]] TextMatrix read_csr_npz(const std::filesystem::path& path, std::size_t rows,
                                      std::size_t columns);
// The same of a file in memory; `where` names it in messages.
[[nodiscard]] TextMatrix csr_of_npz(std::string_view bytes, const std::string& where, std::size_t rows,
                                    std::size_t columns);

struct MatrixShape {
    std::size_t rows = 0;
    std::size_t columns = 0;
};
[[nodiscard]] MatrixShape npz_shape(const std::filesystem::path& path);

}  // namespace bingefriend
