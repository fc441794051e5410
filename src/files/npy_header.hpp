// The header of NumPy's .npy format, version 1.0 to 3.0.
// Source: NumPy's documentation of numpy.lib.format.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct NpyHeader {
    std::vector<std::size_t> shape;  // at most two extents
    std::size_t size = 1;            // their product: the numbers in the array
    char kind = 'f';                 // b, i, u, f; S and U for text
    std::size_t width = 8;           // bytes a number
    bool big_endian = false;
    bool fortran_order = false;
    std::size_t data_begin = 0;  // where the numbers begin in the file

    // size times width cannot overflow: the parser sees to it.
    [[nodiscard]] std::size_t file_bytes() const noexcept { return data_begin + size * width; }
};

// What a header that is read here can take, at most.
constexpr std::size_t max_npy_header_bytes = std::size_t{1} << 20;

// `bytes`: the file, or so much of its beginning that the header is whole.  Throws Error{input} that names
// `where` where it is no array of numbers of one to eight bytes or of text.
[[nodiscard]] NpyHeader parse_npy_header(std::string_view bytes, const std::string& where);

// The bytes before the data of a C-ordered array; `descr` as NumPy spells a type: "<f8", "|u1".
[[nodiscard]] std::string npy_header(std::string_view descr, std::span<const std::size_t> shape);

}  // namespace bingefriend
