#include "files/npy_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "files/refuse.hpp"

namespace bingefriend {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view magic = "\x93NUMPY"sv;
constexpr std::size_t alignment = 64;
constexpr std::size_t widest_text = 4'096;

// The text behind `key` in the header's Python dictionary, up to the end of the header.
std::string_view value_of(std::string_view dictionary, std::string_view key) {
    const std::size_t at = dictionary.find(fmt::format("'{}':", key));
    if (at == std::string_view::npos) {
        return {};
    }
    std::string_view value = dictionary.substr(at + key.size() + 3);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

// "'<f8'": byte order, kind, width.
void read_type(std::string_view descr, NpyHeader& header, const std::string& where) {
    if (descr.size() < 4 || descr[0] != '\'') {
        refuse_file(where, "its header names no type that is read here");
    }
    header.big_endian = descr[1] == '>';
    header.kind = descr[2];
    const auto [end, error] = std::from_chars(descr.data() + 3, descr.data() + descr.size(), header.width);
    const bool ended = error == std::errc{} && end != descr.data() + descr.size() && *end == '\'';
    const std::size_t width = header.width;
    const bool power = width == 1 || width == 2 || width == 4 || width == 8;
    const bool known = header.kind == 'b'                         ? width == 1
                       : header.kind == 'i' || header.kind == 'u' ? power
                       : header.kind == 'f'                       ? power && width > 1
                       : header.kind == 'S'                       ? width <= widest_text
                                            : header.kind == 'U' && width <= widest_text / 4;
    if (!ended || !known) {
        refuse_file(where, "its numbers are of a type that is not read here");
    }
    header.width = header.kind == 'U' ? 4 * width : width;
}

// "(3, 4)"; Python 2 wrote "(3L, 4L)".
void read_shape(std::string_view text, NpyHeader& header, const std::string& where) {
    if (!text.starts_with('(') || text.find(')') == std::string_view::npos) {
        refuse_file(where, "its header names no shape");
    }
    text = text.substr(1, text.find(')') - 1);
    while (!text.empty()) {
        std::size_t extent = 0;
        const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
        constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / (2 * widest_text);
        if (error != std::errc{} || header.shape.size() == 2 ||
            (extent != 0 && header.size > most / extent)) {
            refuse_file(where, "its shape is not of at most two dimensions");
        }
        header.shape.push_back(extent);
        header.size *= extent;
        text.remove_prefix(static_cast<std::size_t>(next - text.data()));
        text.remove_prefix(std::min(text.find_first_not_of("L, "), text.size()));
    }
}

}  // namespace

NpyHeader parse_npy_header(std::string_view bytes, const std::string& where) {
    if (bytes.size() < 10 || !bytes.starts_with(magic)) {
        refuse_file(where, "it is no .npy array");
    }
    const int version = bytes[6];
    if (version < 1 || version > 3) {
        refuse_file(where, "its version of the .npy format is not known");
    }
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes && 8 + i < bytes.size(); ++i) {
        length |= std::size_t{static_cast<unsigned char>(bytes[8 + i])} << (8 * i);
    }
    NpyHeader header;
    header.data_begin = 8 + length_bytes + length;
    if (header.data_begin > max_npy_header_bytes) {
        refuse_file(where, "its header is too long");
    }
    if (header.data_begin > bytes.size()) {
        refuse_file(where, "it ends within its header");
    }
    const std::string_view dictionary = bytes.substr(8 + length_bytes, length);
    read_type(value_of(dictionary, "descr"), header, where);
    header.fortran_order = value_of(dictionary, "fortran_order").starts_with("True");
    read_shape(value_of(dictionary, "shape"), header, where);
    return header;
}

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

}  // namespace bingefriend
