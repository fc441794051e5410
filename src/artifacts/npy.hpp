// NumPy's .npy format, version 1.0 to 3.0: one array of numbers, a header and the plain bytes.
// Source: NumPy's documentation of numpy.lib.format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// The bytes before the data of a C-ordered array; `descr` as NumPy spells a type: "<f8", "|u1".
[[nodiscard]] std::string npy_header(std::string_view descr, std::span<const std::size_t> shape);

// A whole .npy: header and data.
template <typename T>
[[nodiscard]] std::string npy_bytes(std::string_view descr, std::span<const std::size_t> shape,
                                    std::span<const T> values) {
    std::string bytes = npy_header(descr, shape);
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    return bytes;
}

// A view of an array within the bytes of an .npy file, which must live as long.
class NpyView {
  public:
    // Throws Error{input} that names `where` where the bytes are not such an array.  Number types of
    // one to eight bytes in either byte order, and byte strings, are read.
    NpyView(std::string_view bytes, std::string where);

    [[nodiscard]] const std::vector<std::size_t>& shape() const noexcept { return shape_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    // All values in C order.  Throws Error{input} where one is no number that T can hold exactly
    // (for double: where one is not finite).
    [[nodiscard]] std::vector<double> doubles() const;
    [[nodiscard]] std::vector<std::int64_t> integers() const;
    // A byte string, without the zeros that pad it.
    [[nodiscard]] std::string text() const;

  private:
    [[noreturn]] void fail(std::string_view what) const;
    void read_header(std::string_view header);
    template <typename T, typename Read>
    [[nodiscard]] std::vector<T> values(Read read) const;
    template <typename T>
    [[nodiscard]] T raw(std::size_t index) const;
    [[nodiscard]] double double_at(std::size_t index) const;
    [[nodiscard]] std::int64_t integer_at(std::size_t index) const;

    std::string where_;
    std::vector<std::size_t> shape_;
    std::size_t size_ = 1;
    char kind_ = 'f';  // b, i, u, f, S
    std::size_t width_ = 8;
    bool big_endian_ = false;
    bool fortran_order_ = false;
    std::string_view data_;
};

}  // namespace bingefriend
