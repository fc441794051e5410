#include "artifacts/npz.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "artifacts/atomic_file.hpp"
#include "artifacts/npy.hpp"
#include "domain/error.hpp"

namespace bingefriend {
namespace {

struct DiscardZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, DiscardZip>;

[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view what) {
    throw Error(ErrorKind::input, "cannot read the features", path.string(),
                fmt::format("{}: run `bingefriend features` again", what));
}

Zip opened(const std::filesystem::path& path) {
    int code = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (archive == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string reason = zip_error_strerror(&error);
        zip_error_fini(&error);
        refuse(path, reason);
    }
    return Zip(archive);
}

struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;

using Entries = std::array<std::pair<const char*, std::string>, 5>;

void add(zip_t* archive, const char* name, std::string_view bytes) {
    Source source(zip_source_buffer(archive, bytes.data(), bytes.size(), 0));
    const zip_int64_t at = source ? zip_file_add(archive, name, source.get(), ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0) {
        throw std::runtime_error(zip_strerror(archive));
    }
    (void)source.release();  // the archive owns it now
    const auto index = static_cast<zip_uint64_t>(at);
    // The same features give the same bytes: no time of day (1980-01-01), deflated lightly.
    zip_set_file_compression(archive, index, ZIP_CM_DEFLATE, 1);
    zip_file_set_dostime(archive, index, 0, 0x21, 0);
}

std::string content(zip_source_t* source) {
    std::string bytes;
    std::array<char, 1 << 16> buffer;
    if (zip_source_open(source) != 0) {
        throw std::runtime_error("the archive cannot be read back");
    }
    for (zip_int64_t got = 0; (got = zip_source_read(source, buffer.data(), buffer.size())) > 0;) {
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
    zip_source_close(source);
    return bytes;
}

// The archive is made in memory: its place on disk is the atomic file's business.
std::string zipped(const Entries& entries) {
    const Source memory(zip_source_buffer_create(nullptr, 0, 0, nullptr));
    Zip archive(memory ? zip_open_from_source(memory.get(), ZIP_TRUNCATE, nullptr) : nullptr);
    if (!archive) {
        throw std::bad_alloc();
    }
    zip_source_keep(memory.get());  // closing the archive gives up its share alone
    for (const auto& [name, bytes] : entries) {
        add(archive.get(), name, bytes);
    }
    if (zip_close(archive.get()) != 0) {
        throw std::runtime_error(zip_strerror(archive.get()));
    }
    (void)archive.release();  // closing freed it
    return content(memory.get());
}

// An array larger than this cannot be ours; it would be unpacked into memory whole.
constexpr zip_uint64_t most_bytes = zip_uint64_t{1} << 33;

std::string entry(const std::filesystem::path& path, zip_t* archive, const char* name) {
    zip_stat_t stat;
    if (zip_stat(archive, name, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) {
        refuse(path, fmt::format("it has no array {}", name));
    }
    if (stat.size > most_bytes) {
        refuse(path, fmt::format("its array {} is larger than 8 GiB", name));
    }
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive, name, 0), zip_fclose);
    std::string bytes;
    std::array<char, 1 << 16> buffer;
    while (file) {
        const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
        if (got <= 0) {
            break;
        }
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
        if (bytes.size() > stat.size) {
            break;
        }
    }
    if (bytes.size() != stat.size) {
        refuse(path, fmt::format("its array {} is damaged", name));
    }
    return bytes;
}

// The rows in ascending column order, checked.
TextMatrix matrix_of(const std::filesystem::path& path, const std::vector<std::int64_t>& row_start,
                     const std::vector<std::int64_t>& indices, const std::vector<double>& data,
                     std::size_t rows, std::size_t columns) {
    const auto entries = static_cast<std::int64_t>(indices.size());
    if (row_start.size() != rows + 1 || row_start.front() != 0 || row_start.back() != entries ||
        !std::is_sorted(row_start.begin(), row_start.end()) || data.size() != indices.size()) {
        refuse(path, fmt::format("its rows are not those of {} shows", rows));
    }
    TextMatrix matrix;
    matrix.row_start = row_start;
    std::vector<std::pair<std::int32_t, double>> row;
    for (std::size_t r = 0; r < rows; ++r) {
        row.clear();
        for (auto i = static_cast<std::size_t>(row_start[r]); i < static_cast<std::size_t>(row_start[r + 1]);
             ++i) {
            if (indices[i] < 0 || indices[i] >= static_cast<std::int64_t>(columns)) {
                refuse(path, "a column is out of range");
            }
            row.emplace_back(static_cast<std::int32_t>(indices[i]), data[i]);
        }
        std::sort(row.begin(), row.end());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0 && row[i].first == row[i - 1].first) {
                refuse(path, "a row has a column twice");
            }
            matrix.column.push_back(row[i].first);
            matrix.value.push_back(row[i].second);
        }
    }
    return matrix;
}

}  // namespace

void write_csr_npz(const std::filesystem::path& path, const TextMatrix& matrix, std::size_t columns) {
    const auto length = [](const auto& values) { return std::array{values.size()}; };
    const std::array<std::int64_t, 2> shape{static_cast<std::int64_t>(matrix.rows()),
                                            static_cast<std::int64_t>(columns)};
    const Entries entries{{
        {"indices.npy", npy_bytes<std::int32_t>("<i4", length(matrix.column), matrix.column)},
        {"indptr.npy", npy_bytes<std::int64_t>("<i8", length(matrix.row_start), matrix.row_start)},
        {"format.npy", npy_header("|S3", {}) + "csr"},
        {"shape.npy", npy_bytes<std::int64_t>("<i8", length(shape), shape)},
        {"data.npy", npy_bytes<double>("<f8", length(matrix.value), matrix.value)},
    }};

    AtomicFile file(path);
    file.write(zipped(entries));
    file.commit();
}

TextMatrix read_csr_npz(const std::filesystem::path& path, std::size_t rows, std::size_t columns) {
    const Zip archive = opened(path);
    const auto where = [&](const char* name) { return fmt::format("{}({})", path.string(), name); };
    const auto integers = [&](const char* name) {
        return NpyView(entry(path, archive.get(), name), where(name)).integers();
    };
    if (NpyView(entry(path, archive.get(), "format.npy"), where("format.npy")).text() != "csr") {
        refuse(path, "it is no CSR matrix");
    }
    const std::vector<std::int64_t> shape = integers("shape.npy");
    if (shape != std::vector{static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)}) {
        refuse(path, fmt::format("its shape is not {} shows × {} terms", rows, columns));
    }
    return matrix_of(path, integers("indptr.npy"), integers("indices.npy"),
                     NpyView(entry(path, archive.get(), "data.npy"), where("data.npy")).doubles(), rows,
                     columns);
}

}  // namespace bingefriend
