#include "files/hot_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/atomic_file.hpp"
#include "files/npy.hpp"
#include "files/npz.hpp"
#include "files/refuse.hpp"
#include "files/whole_file.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;

constexpr std::string_view dense_extension = ".npy";
constexpr std::string_view sparse_extension = ".npz";

bool is_sparse(std::string_view file_name) {
    return file_name.ends_with(sparse_extension);
}

void write_dense(const path& file_path, std::span<const std::int64_t> row_start,
                 std::span<const std::int32_t> column, std::size_t columns) {
    const std::size_t rows = row_start.size() - 1;
    AtomicFile file(file_path);
    file.write(npy_header("|u1", std::array{rows, columns}));
    std::string line;
    for (std::size_t row = 0; row < rows; ++row) {
        line.assign(columns, '\0');
        for (auto i = row_start[row]; i < row_start[row + 1]; ++i) {
            line[static_cast<std::size_t>(column[static_cast<std::size_t>(i)])] = '\1';
        }
        file.write(line);
    }
    file.commit();
}

[[noreturn]] void refuse_value(const path& file) {
    refuse_file(file.string(), "it holds a value other than 0 and 1");
}

HotMatrix read_dense(const path& file, std::size_t rows, std::size_t columns) {
    constexpr std::size_t widest_number = 8;
    const std::string bytes = read_whole_file(file, rows * columns * widest_number + max_npy_header_bytes);
    const NpyView array(bytes, file.string());
    if (array.shape() != std::vector{rows, columns}) {
        refuse_file(file.string(), fmt::format("its shape is not {} shows × {} columns", rows, columns));
    }
    HotMatrix matrix{.row_start = std::vector<std::int64_t>(rows + 1), .column = {}};
    std::size_t at = 0;
    array.for_each_integer([&](std::int64_t value) {
        if (value != 0 && value != 1) {
            refuse_value(file);
        }
        if (value == 1) {
            matrix.column.push_back(static_cast<std::int32_t>(at % columns));
            ++matrix.row_start[at / columns + 1];
        }
        ++at;
    });
    for (std::size_t row = 0; row < rows; ++row) {
        matrix.row_start[row + 1] += matrix.row_start[row];
    }
    return matrix;
}

HotMatrix read_sparse(const path& file, std::size_t rows, std::size_t columns) {
    TextMatrix matrix = read_csr_npz(file, rows, columns);
    if (std::any_of(matrix.value.begin(), matrix.value.end(), [](double value) { return value != 1; })) {
        refuse_value(file);
    }
    return {.row_start = std::move(matrix.row_start), .column = std::move(matrix.column)};
}

}  // namespace

std::string other_form_of_hot_matrix(std::string_view file_name) {
    const std::string_view stem = file_name.substr(0, file_name.size() - dense_extension.size());
    return std::string(stem).append(is_sparse(file_name) ? dense_extension : sparse_extension);
}

std::string hot_matrix_in(const path& folder, std::string_view dense_name) {
    std::string sparse = other_form_of_hot_matrix(dense_name);
    return std::filesystem::exists(folder / sparse) ? sparse : std::string(dense_name);
}

void write_hot_matrix(const path& folder, std::string_view dense_name,
                      std::span<const std::int64_t> row_start, std::span<const std::int32_t> column,
                      std::size_t columns) {
    const path dense = folder / dense_name;
    const path sparse = folder / other_form_of_hot_matrix(dense_name);
    if (columns > max_dense_columns) {
        write_csr_npz_of_ones(sparse, row_start, column, columns);
        std::filesystem::remove(dense);
    } else {
        write_dense(dense, row_start, column, columns);
        std::filesystem::remove(sparse);
    }
}

HotMatrix read_hot_matrix(const path& folder, std::string_view dense_name, std::size_t rows,
                          std::size_t columns) {
    const path file = folder / hot_matrix_in(folder, dense_name);
    return is_sparse(file.native()) ? read_sparse(file, rows, columns) : read_dense(file, rows, columns);
}

}  // namespace bingefriend
