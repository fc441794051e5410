#include "files/file_shapes.hpp"

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "files/npy_header.hpp"
#include "files/npz.hpp"
#include "files/refuse.hpp"

namespace bingefriend {
namespace {

using Shape = std::vector<std::uint64_t>;

std::ifstream opened(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        refuse_file(file.string(), "it is not there or may not be read");
    }
    return stream;
}

Shape npy_shape(const std::filesystem::path& file) {
    std::string beginning(max_npy_header_bytes, '\0');
    std::ifstream stream = opened(file);
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(stream.gcount()));
    const NpyHeader header = parse_npy_header(beginning, file.string());
    if (std::filesystem::file_size(file) != header.file_bytes()) {
        refuse_file(file.string(), "it does not hold as many bytes as its shape needs");
    }
    return {header.shape.begin(), header.shape.end()};
}

// Rows end at a line's end outside quotes; a quote within a quoted field is two, so it changes nothing.
Shape csv_shape(const std::filesystem::path& file) {
    std::ifstream stream = opened(file);
    std::uint64_t rows = 0;
    std::uint64_t columns = 1;
    bool quoted = false;
    char last = '\n';
    std::array<char, 1 << 16> buffer;
    while (stream.read(buffer.data(), buffer.size()), stream.gcount() > 0) {
        for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(stream.gcount()))) {
            quoted ^= c == '"';
            rows += !quoted && c == '\n' ? 1 : 0;
            columns += !quoted && c == ',' && rows == 0 ? 1 : 0;
            last = c;
        }
    }
    rows += last != '\n' ? 1 : 0;
    if (rows == 0 || quoted) {
        refuse_file(file.string(), "it is no table with a header");
    }
    return {rows - 1, columns};
}

Shape json_shape(const std::filesystem::path& file) {
    std::ifstream stream = opened(file);
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    Shape shape;
    for (const char* key : {"terms", "genres", "platforms", "types", "languages"}) {
        if (json.is_object() && json.contains(key) && json[key].is_array()) {
            shape.push_back(json[key].size());
        }
    }
    if (shape.size() != 1 && shape.size() != 4) {
        refuse_file(file.string(), "it is not the JSON expected");
    }
    return shape;
}

}  // namespace

std::vector<std::uint64_t> shape_of_file(const std::filesystem::path& file) {
    const std::filesystem::path extension = file.extension();
    if (extension == ".npy") {
        return npy_shape(file);
    }
    if (extension == ".npz") {
        const MatrixShape shape = npz_shape(file);
        return {shape.rows, shape.columns};
    }
    return extension == ".csv" ? csv_shape(file) : json_shape(file);
}

}  // namespace bingefriend
