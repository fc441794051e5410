#include "files/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "files/refuse.hpp"

namespace bingefriend {
namespace {

static_assert(std::endian::native == std::endian::little, "the files hold little-endian numbers");

// IEEE 754 binary16: a sign, five bits of exponent, ten of fraction.
double half_float(std::uint16_t bits) {
    const int exponent = bits >> 10 & 31;
    const int fraction = bits & 1023;
    const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                             : exponent == 31 ? std::numeric_limits<double>::infinity()
                                              : std::ldexp(fraction + 1024, exponent - 25);
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace

NpyView::NpyView(std::string_view bytes, std::string where)
    : where_(std::move(where)), header_(parse_npy_header(bytes, where_)) {
    if (bytes.size() != header_.file_bytes()) {
        refuse_file(where_, fmt::format("it holds {} bytes where its shape needs {}",
                                        bytes.size() - header_.data_begin, header_.size * header_.width));
    }
    data_ = bytes.substr(header_.data_begin);
}

template <typename T>
T NpyView::raw(std::size_t index) const {
    std::array<char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), data_.data() + index * sizeof(T), sizeof(T));
    if (header_.big_endian) {
        std::reverse(bytes.begin(), bytes.end());
    }
    return std::bit_cast<T>(bytes);
}

double NpyView::float_at(std::size_t index) const {
    return header_.width == 2   ? half_float(raw<std::uint16_t>(index))
           : header_.width == 4 ? static_cast<double>(raw<float>(index))
                                : raw<double>(index);
}

double NpyView::double_at(std::size_t index) const {
    if (header_.kind != 'f') {
        return static_cast<double>(integer_at(index));
    }
    const double value = float_at(index);
    if (!std::isfinite(value)) {
        refuse_file(where_, "it holds a value that is not finite");
    }
    return value;
}

std::int64_t NpyView::integer_at(std::size_t index) const {
    switch (header_.kind) {
        case 'f': {
            const double value = double_at(index);
            if (std::trunc(value) != value || std::abs(value) > 9e15) {
                refuse_file(where_, "it holds a fraction where a whole number was expected");
            }
            return static_cast<std::int64_t>(value);
        }
        case 'i':
            return header_.width == 1   ? raw<std::int8_t>(index)
                   : header_.width == 2 ? raw<std::int16_t>(index)
                   : header_.width == 4 ? raw<std::int32_t>(index)
                                        : raw<std::int64_t>(index);
        default: {
            const std::uint64_t value = header_.width == 1   ? raw<std::uint8_t>(index)
                                        : header_.width == 2 ? raw<std::uint16_t>(index)
                                        : header_.width == 4 ? raw<std::uint32_t>(index)
                                                             : raw<std::uint64_t>(index);
            if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
                refuse_file(where_, "it holds a number that is too large");
            }
            return static_cast<std::int64_t>(value);
        }
    }
}

// The indices of all values, in C order.
template <typename Use>
void NpyView::for_each_index(Use use) const {
    if (header_.kind == 'S' || header_.kind == 'U') {
        refuse_file(where_, "it holds text where numbers were expected");
    }
    // Without values there is nothing to turn, however many rows of none the shape names.
    if (!header_.fortran_order || header_.shape.size() < 2 || header_.size == 0) {
        for (std::size_t i = 0; i < header_.size; ++i) {
            use(i);
        }
        return;
    }
    for (std::size_t row = 0; row < header_.shape[0]; ++row) {
        for (std::size_t column = 0; column < header_.shape[1]; ++column) {
            use(column * header_.shape[0] + row);
        }
    }
}

std::vector<double> NpyView::doubles() const {
    std::vector<double> result;
    result.reserve(header_.size);
    for_each_index([&](std::size_t i) { result.push_back(double_at(i)); });
    return result;
}

std::vector<std::int64_t> NpyView::integers() const {
    std::vector<std::int64_t> result;
    result.reserve(header_.size);
    for_each_index([&](std::size_t i) { result.push_back(integer_at(i)); });
    return result;
}

void NpyView::for_each_integer(const std::function<void(std::int64_t)>& use) const {
    for_each_index([&](std::size_t i) { use(integer_at(i)); });
}

std::string NpyView::text() const {
    if ((header_.kind != 'S' && header_.kind != 'U') || header_.size != 1) {
        refuse_file(where_, "it is not one piece of text");
    }
    const std::size_t step = header_.kind == 'U' ? 4 : 1;
    std::string text;
    for (std::size_t at = header_.big_endian ? step - 1 : 0; at < data_.size(); at += step) {
        text += data_[at];
    }
    return text.substr(0, text.find('\0'));
}

}  // namespace bingefriend
