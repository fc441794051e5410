#include "files/hot_matrix.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "files/npy.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view name = "genre_features.npy";

// Row r has the columns r, r + 1 and, but for the first row, the last one.
HotMatrix band(std::size_t rows, std::size_t columns) {
    HotMatrix matrix;
    for (std::size_t row = 0; row < rows; ++row) {
        matrix.column.push_back(static_cast<std::int32_t>(row));
        matrix.column.push_back(static_cast<std::int32_t>(row + 1));
        if (row > 0) {
            matrix.column.push_back(static_cast<std::int32_t>(columns - 1));
        }
        matrix.row_start.push_back(static_cast<std::int64_t>(matrix.column.size()));
    }
    return matrix;
}

void write_band(const TestFolder& folder, std::size_t rows, std::size_t columns) {
    const HotMatrix matrix = band(rows, columns);
    write_hot_matrix(folder.path(), name, matrix.row_start, matrix.column, columns);
}

void expect_band(const TestFolder& folder, std::size_t rows, std::size_t columns) {
    const HotMatrix read = read_hot_matrix(folder.path(), name, rows, columns);
    EXPECT_EQ(read.row_start, band(rows, columns).row_start);
    EXPECT_EQ(read.column, band(rows, columns).column);
}

TEST(HotMatrix, is_dense_up_to_a_thousand_columns_and_sparse_above) {
    const TestFolder folder;
    for (const std::size_t columns : {std::size_t{1000}, std::size_t{1001}, std::size_t{1000}}) {
        write_band(folder, 3, columns);
        EXPECT_EQ(std::filesystem::exists(folder / "genre_features.npy"), columns == 1000);
        EXPECT_EQ(std::filesystem::exists(folder / "genre_features.npz"), columns == 1001);
        expect_band(folder, 3, columns);
    }
}

TEST(HotMatrix, grows_with_its_ones_if_every_show_has_columns_of_its_own) {
    std::array<std::uintmax_t, 2> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const TestFolder folder;
        const std::size_t rows = std::size_t{4000} << i;
        write_band(folder, rows, rows * 100);
        expect_band(folder, rows, rows * 100);
        bytes.at(i) = std::filesystem::file_size(folder / "genre_features.npz");
    }
    EXPECT_LT(bytes[1], bytes[0] * 3);
}

TEST(HotMatrix, without_rows_or_columns_is_read_back) {
    const TestFolder folder;
    for (const std::size_t columns : {std::size_t{0}, std::size_t{5}, std::size_t{2000}}) {
        write_hot_matrix(folder.path(), name, HotMatrix().row_start, {}, columns);
        EXPECT_TRUE(read_hot_matrix(folder.path(), name, 0, columns).column.empty());
        write_hot_matrix(folder.path(), name, std::array<std::int64_t, 4>{}, {}, columns);
        EXPECT_EQ(read_hot_matrix(folder.path(), name, 3, columns).row_start, std::vector<std::int64_t>(4));
    }
}

TEST(HotMatrix, of_another_shape_is_refused) {
    const TestFolder folder;
    for (const std::size_t columns : {std::size_t{10}, std::size_t{2000}}) {
        write_band(folder, 3, columns);
        EXPECT_THROW((void)read_hot_matrix(folder.path(), name, 4, columns), Error);
        EXPECT_THROW((void)read_hot_matrix(folder.path(), name, 3, columns + 1), Error);
    }
}

TEST(HotMatrix, with_another_value_than_0_and_1_is_refused) {
    const TestFolder folder;
    const std::array<std::uint8_t, 4> values{0, 1, 2, 0};
    const std::array<std::size_t, 2> shape{2, 2};
    std::ofstream(folder / name, std::ios::binary) << npy_bytes<std::uint8_t>("|u1", shape, values);
    EXPECT_THROW((void)read_hot_matrix(folder.path(), name, 2, 2), Error);
}

TEST(HotMatrix, has_two_names) {
    EXPECT_EQ(other_form_of_hot_matrix("genre_features.npy"), "genre_features.npz");
    EXPECT_EQ(other_form_of_hot_matrix("genre_features.npz"), "genre_features.npy");
}

}  // namespace
}  // namespace bingefriend
