// Parses the arrays of a sparse matrix in a valid archive, which the fuzzer rarely finds behind checksums.
//
// Input: five arrays, each a 2-byte length and its bytes; the last one has no length.
#include <zip.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "files/npz.hpp"
#include "fuzz.hpp"

namespace bingefriend {
namespace {

std::string_view next_array(std::string_view& input, bool last) {
    std::size_t length = input.size();
    if (!last) {
        length = 0;
        for (int i = 0; i < 2 && !input.empty(); ++i) {
            length = length << 8 | static_cast<unsigned char>(input.front());
            input.remove_prefix(1);
        }
    }
    const std::string_view array = input.substr(0, length);
    input.remove_prefix(array.size());
    return array;
}

std::string zipped(std::string_view input) {
    zip_source_t* const memory = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    zip_source_keep(memory);
    zip_t* const archive = zip_open_from_source(memory, ZIP_TRUNCATE, nullptr);
    for (const char* name : {"format.npy", "shape.npy", "indptr.npy", "indices.npy", "data.npy"}) {
        const std::string_view array = next_array(input, name == std::string_view("data.npy"));
        zip_source_t* const source = zip_source_buffer(archive, array.data(), array.size(), 0);
        const zip_int64_t at = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
    }
    zip_close(archive);
    std::string bytes;
    std::array<char, 4096> buffer;
    zip_source_open(memory);
    for (zip_int64_t got = 0; (got = zip_source_read(memory, buffer.data(), buffer.size())) > 0;) {
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
    zip_source_close(memory);
    zip_source_free(memory);
    return bytes;
}

}  // namespace

void try_input(std::string_view input) {
    const TextMatrix matrix = csr_of_npz(zipped(input), "input", 3, 4);
    // Accepted input has all properties that domain/features.hpp requires.
    bool good = matrix.rows() == 3 && matrix.column.size() == matrix.value.size() &&
                std::is_sorted(matrix.row_start.begin(), matrix.row_start.end());
    for (std::size_t row = 0; good && row < 3; ++row) {
        const auto columns = matrix.columns_of(row);
        good = std::adjacent_find(columns.begin(), columns.end(), std::greater_equal<>()) == columns.end() &&
               (columns.empty() || (columns.front() >= 0 && columns.back() < 4));
    }
    if (!good) {
        __builtin_trap();
    }
}

}  // namespace bingefriend
