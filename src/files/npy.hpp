// NumPy's .npy format: one array of numbers, a header and the plain bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "files/npy_header.hpp"

namespace bingefriend {

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
    // one to eight bytes in either byte order, and text, are read.
    NpyView(std::string_view bytes, std::string where);

    [[nodiscard]] const std::vector<std::size_t>& shape() const noexcept { return header_.shape; }
    [[nodiscard]] std::size_t size() const noexcept { return header_.size; }

    // All values in C order.  Throws Error{input} where one is no number that T can hold exactly
    // (for double: where one is not finite).
    [[nodiscard]] std::vector<double> doubles() const;
    [[nodiscard]] std::vector<std::int64_t> integers() const;
    // The same, one by one: nothing is held beside the file.
    void for_each_integer(const std::function<void(std::int64_t)>& use) const;
    // A piece of ASCII text, without the zeros that pad it.
    [[nodiscard]] std::string text() const;

  private:
    template <typename Use>
    void for_each_index(Use use) const;
    template <typename T>
    [[nodiscard]] T raw(std::size_t index) const;
    [[nodiscard]] double float_at(std::size_t index) const;
    [[nodiscard]] double double_at(std::size_t index) const;
    [[nodiscard]] std::int64_t integer_at(std::size_t index) const;

    std::string where_;
    NpyHeader header_;
    std::string_view data_;
};

}  // namespace bingefriend
