#include "artifacts/npy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

using namespace std::string_view_literals;

static_assert(std::endian::native == std::endian::little, "the files hold little-endian numbers");

constexpr std::string_view magic = "\x93NUMPY"sv;
constexpr std::size_t alignment = 64;

// The text behind `key` in the header's Python dictionary, up to the end of the header.
std::string_view value_of(std::string_view header, std::string_view key) {
    const std::size_t at = header.find(fmt::format("'{}':", key));
    if (at == std::string_view::npos) {
        return {};
    }
    std::string_view value = header.substr(at + key.size() + 3);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

}  // namespace

std::string npy_header(std::string_view descr, std::span<const std::size_t> shape) {
    std::string dictionary = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                         descr, fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
    constexpr std::size_t preamble = 10;  // magic, version, length of the dictionary
    const std::size_t unpadded = preamble + dictionary.size() + 1;
    dictionary.append((alignment - unpadded % alignment) % alignment, ' ');
    dictionary += '\n';
    std::string header(magic);
    header += '\x01';
    header += '\x00';
    header += static_cast<char>(dictionary.size() & 0xff);
    header += static_cast<char>(dictionary.size() >> 8);
    return header + dictionary;
}

NpyView::NpyView(std::string_view bytes, std::string where) : where_(std::move(where)) {
    if (bytes.size() < 10 || !bytes.starts_with(magic)) {
        fail("it is no .npy array");
    }
    const int version = bytes[6];
    if (version < 1 || version > 3) {
        fail("its version of the .npy format is not known");
    }
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes && 8 + i < bytes.size(); ++i) {
        length |= std::size_t{static_cast<unsigned char>(bytes[8 + i])} << (8 * i);
    }
    const std::size_t data = 8 + length_bytes + length;
    if (data > bytes.size()) {
        fail("it ends within its header");
    }
    read_header(bytes.substr(8 + length_bytes, length));
    data_ = bytes.substr(data);
    if (data_.size() != size_ * width_) {
        fail(fmt::format("it holds {} bytes where its shape needs {}", data_.size(), size_ * width_));
    }
}

void NpyView::read_header(std::string_view header) {
    const std::string_view descr = value_of(header, "descr");
    if (descr.size() < 4 || descr[0] != '\'') {
        fail("its header names no type that is read here");
    }
    big_endian_ = descr[1] == '>';
    kind_ = descr[2];
    const auto [end, error] = std::from_chars(descr.data() + 3, descr.data() + descr.size(), width_);
    const bool number = "biuf"sv.find(kind_) != std::string_view::npos;
    if (error != std::errc{} || end == descr.data() + descr.size() || *end != '\'' ||
        (!number && kind_ != 'S') || (number && width_ != 1 && width_ != 2 && width_ != 4 && width_ != 8) ||
        (kind_ == 'f' && width_ < 4) || (kind_ == 'S' && width_ > 4096)) {
        fail("its numbers are of a type that is not read here");
    }
    fortran_order_ = value_of(header, "fortran_order").starts_with("True");

    std::string_view shape = value_of(header, "shape");
    if (!shape.starts_with('(') || shape.find(')') == std::string_view::npos) {
        fail("its header names no shape");
    }
    shape = shape.substr(1, shape.find(')') - 1);
    while (!shape.empty()) {
        std::size_t extent = 0;
        const auto [next, wrong] = std::from_chars(shape.data(), shape.data() + shape.size(), extent);
        constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 4096;
        if (wrong != std::errc{} || shape_.size() == 2 || (extent != 0 && size_ > most / extent)) {
            fail("its shape is not of at most two dimensions");
        }
        shape_.push_back(extent);
        size_ *= extent;
        shape.remove_prefix(static_cast<std::size_t>(next - shape.data()));
        shape.remove_prefix(std::min(shape.find_first_not_of(", "), shape.size()));
    }
}

template <typename T>
T NpyView::raw(std::size_t index) const {
    std::array<char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), data_.data() + index * sizeof(T), sizeof(T));
    if (big_endian_) {
        std::reverse(bytes.begin(), bytes.end());
    }
    return std::bit_cast<T>(bytes);
}

double NpyView::double_at(std::size_t index) const {
    if (kind_ != 'f') {
        return static_cast<double>(integer_at(index));
    }
    const double value = width_ == 4 ? static_cast<double>(raw<float>(index)) : raw<double>(index);
    if (!std::isfinite(value)) {
        fail("it holds a value that is not finite");
    }
    return value;
}

std::int64_t NpyView::integer_at(std::size_t index) const {
    switch (kind_) {
        case 'f': {
            const double value = double_at(index);
            if (std::trunc(value) != value || std::abs(value) > 9e15) {
                fail("it holds a fraction where a whole number was expected");
            }
            return static_cast<std::int64_t>(value);
        }
        case 'i':
            return width_ == 1   ? raw<std::int8_t>(index)
                   : width_ == 2 ? raw<std::int16_t>(index)
                   : width_ == 4 ? raw<std::int32_t>(index)
                                 : raw<std::int64_t>(index);
        default: {
            const std::uint64_t value = width_ == 1   ? raw<std::uint8_t>(index)
                                        : width_ == 2 ? raw<std::uint16_t>(index)
                                        : width_ == 4 ? raw<std::uint32_t>(index)
                                                      : raw<std::uint64_t>(index);
            if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
                fail("it holds a number that is too large");
            }
            return static_cast<std::int64_t>(value);
        }
    }
}

template <typename T, typename Read>
std::vector<T> NpyView::values(Read read) const {
    if (kind_ == 'S') {
        fail("it holds text where numbers were expected");
    }
    std::vector<T> result;
    result.reserve(size_);
    if (!fortran_order_ || shape_.size() < 2) {
        for (std::size_t i = 0; i < size_; ++i) {
            result.push_back(read(i));
        }
        return result;
    }
    for (std::size_t row = 0; row < shape_[0]; ++row) {
        for (std::size_t column = 0; column < shape_[1]; ++column) {
            result.push_back(read(column * shape_[0] + row));
        }
    }
    return result;
}

std::vector<double> NpyView::doubles() const {
    return values<double>([this](std::size_t i) { return double_at(i); });
}

std::vector<std::int64_t> NpyView::integers() const {
    return values<std::int64_t>([this](std::size_t i) { return integer_at(i); });
}

std::string NpyView::text() const {
    if (kind_ != 'S' || size_ != 1) {
        fail("it is not one piece of text");
    }
    return std::string(data_.substr(0, data_.find('\0')));
}

void NpyView::fail(std::string_view what) const {
    throw Error(ErrorKind::input, "cannot read the features", where_,
                fmt::format("{}: run `bingefriend features` again", what));
}

}  // namespace bingefriend
