// A matrix of zeros and ones as a file: dense, or sparse if it has many columns.
//
//   NAME.npy   uint8, n × columns, up to 1,000 columns
//   NAME.npz   the same as CSR, as scipy.sparse.save_npz lays it out, above
//
// A dense file of a catalogue in which every show has values of its own would grow with the square of the
// shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

inline constexpr std::size_t max_dense_columns = 1000;

// The columns of the ones, row by row, ascending: row r has column[row_start[r]] to column[row_start[r + 1]].
struct HotMatrix {
    std::vector<std::int64_t> row_start{0};  // n + 1
    std::vector<std::int32_t> column;
};

// "genre_features.npy" for "genre_features.npz", and the other way round.
[[nodiscard]] std::string other_form_of_hot_matrix(std::string_view file_name);

// The form of NAME.npy that the folder has: the sparse one if it is there, else the dense one.
[[nodiscard]] std::string hot_matrix_in(const std::filesystem::path& folder, std::string_view dense_name);

// Removes the form that it does not write.  REQUIRES: rows as in HotMatrix.
void write_hot_matrix(const std::filesystem::path& folder, std::string_view dense_name,
                      std::span<const std::int64_t> row_start, std::span<const std::int32_t> column,
                      std::size_t columns);

// Throws Error{input} if the file is missing or damaged, is not rows × columns, or holds another value.
// Memory: the file and the result.
[[nodiscard]] HotMatrix read_hot_matrix(const std::filesystem::path& folder, std::string_view dense_name,
                                        std::size_t rows, std::size_t columns);

}  // namespace bingefriend
