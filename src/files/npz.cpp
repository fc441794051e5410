#include "files/npz.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/atomic_file.hpp"
#include "files/npy.hpp"
#include "files/refuse.hpp"

namespace bingefriend {
namespace {

struct DiscardZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, DiscardZip>;

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

// What an array of so many numbers can take in the types that are read, with its header.
constexpr zip_uint64_t max_array_bytes(zip_uint64_t numbers) {
    constexpr zip_uint64_t max_numbers = zip_uint64_t{1} << 40;
    return std::min(numbers, max_numbers) * 8 + (1 << 16);
}

// An archive that is read, and the name under which messages speak of it.
class Archive {
  public:
    explicit Archive(const std::filesystem::path& path) : where_(path.string()) {
        int code = 0;
        archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!archive_) {
            zip_error_t error;
            zip_error_init_with_code(&error, code);
            const std::string reason = zip_error_strerror(&error);
            zip_error_fini(&error);
            refuse_file(where_, reason);
        }
    }

    Archive(std::string_view bytes, std::string where) : where_(std::move(where)) {
        Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr));
        archive_.reset(source ? zip_open_from_source(source.get(), ZIP_RDONLY, nullptr) : nullptr);
        if (!archive_) {
            refuse_file(where_, "it is no zip archive");
        }
        (void)source.release();  // the archive owns it now
    }

    // Unpacks an array of at most so many numbers: what the archive says of its size is a stranger's word.
    [[nodiscard]] std::string array(const char* name, zip_uint64_t max_numbers) const {
        zip_stat_t stat;
        if (zip_stat(archive_.get(), name, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) {
            refuse_file(where_, fmt::format("it has no array {}", name));
        }
        if (stat.size > max_array_bytes(max_numbers)) {
            refuse_file(where_, fmt::format("its array {} is larger than the matrix can need", name));
        }
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive_.get(), name, 0),
                                                                     zip_fclose);
        std::string bytes;
        std::array<char, 1 << 16> buffer;
        zip_int64_t got = file ? 1 : -1;
        while (got > 0 && bytes.size() <= stat.size) {
            got = zip_fread(file.get(), buffer.data(), buffer.size());
            bytes.append(buffer.data(), static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)));
        }
        if (got != 0 || bytes.size() != stat.size) {  // a wrong check sum shows at the end
            refuse_file(where_, fmt::format("its array {} is damaged", name));
        }
        return bytes;
    }

    [[nodiscard]] std::vector<std::int64_t> integers(const char* name, zip_uint64_t max_numbers) const {
        return NpyView(array(name, max_numbers), within(name)).integers();
    }
    [[nodiscard]] std::string within(const char* name) const { return fmt::format("{}({})", where_, name); }
    [[nodiscard]] const std::string& where() const noexcept { return where_; }

  private:
    std::string where_;
    Zip archive_;
};

MatrixShape shape_of(const Archive& archive) {
    const std::string format = archive.array("format.npy", 0);
    if (NpyView(format, archive.within("format.npy")).text() != "csr") {
        refuse_file(archive.where(), "it is no CSR matrix");
    }
    const std::vector<std::int64_t> shape = archive.integers("shape.npy", 2);
    if (shape.size() != 2 || shape[0] < 0 || shape[1] < 0) {
        refuse_file(archive.where(), "its shape is not rows × columns");
    }
    return {static_cast<std::size_t>(shape[0]), static_cast<std::size_t>(shape[1])};
}

// Where the rows begin, checked: as many as there are rows, ascending, no more entries than fit in.
std::vector<std::int64_t> row_starts(const Archive& archive, MatrixShape shape) {
    std::vector<std::int64_t> starts = archive.integers("indptr.npy", shape.rows + 1);
    if (starts.size() != shape.rows + 1 || starts.front() != 0 ||
        !std::is_sorted(starts.begin(), starts.end()) ||
        (shape.columns == 0 ? starts.back() > 0
                            : static_cast<std::size_t>(starts.back()) / shape.columns > shape.rows)) {
        refuse_file(archive.where(), fmt::format("its rows are not those of {} shows", shape.rows));
    }
    return starts;
}

// The rows in ascending column order, checked.
TextMatrix matrix_of(const Archive& archive, MatrixShape shape) {
    const std::vector<std::int64_t> starts = row_starts(archive, shape);
    const auto entries = static_cast<std::size_t>(starts.back());
    const std::vector<std::int64_t> indices = archive.integers("indices.npy", entries);
    const std::vector<double> data =
        NpyView(archive.array("data.npy", entries), archive.within("data.npy")).doubles();
    if (indices.size() != entries || data.size() != entries) {
        refuse_file(archive.where(), "its columns and values are not as many as its rows say");
    }
    TextMatrix matrix;
    matrix.row_start.reserve(starts.size());
    std::vector<std::pair<std::int32_t, double>> row;
    for (std::size_t r = 0; r < shape.rows; ++r) {
        row.clear();
        for (auto i = static_cast<std::size_t>(starts[r]); i < static_cast<std::size_t>(starts[r + 1]); ++i) {
            if (indices[i] < 0 || indices[i] >= static_cast<std::int64_t>(shape.columns)) {
                refuse_file(archive.where(), "a column is out of range");
            }
            row.emplace_back(static_cast<std::int32_t>(indices[i]), data[i]);
        }
        std::sort(row.begin(), row.end());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0 && row[i].first == row[i - 1].first) {
                refuse_file(archive.where(), "a row has a column twice");
            }
            if (row[i].second != 0) {
                matrix.column.push_back(row[i].first);
                matrix.value.push_back(row[i].second);
            }
        }
        matrix.row_start.push_back(static_cast<std::int64_t>(matrix.column.size()));
    }
    return matrix;
}

TextMatrix checked_matrix(const Archive& archive, std::size_t rows, std::size_t columns) {
    const MatrixShape shape = shape_of(archive);
    if (shape.rows != rows || shape.columns != columns ||
        columns > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
        refuse_file(archive.where(), fmt::format("its shape is not {} shows × {} columns", rows, columns));
    }
    return matrix_of(archive, shape);
}

void write_csr(const std::filesystem::path& path, std::span<const std::int64_t> row_start,
               std::span<const std::int32_t> column, std::size_t columns, std::string data_npy) {
    const std::array<std::int64_t, 2> shape{static_cast<std::int64_t>(row_start.size() - 1),
                                            static_cast<std::int64_t>(columns)};
    const Entries entries{{
        {"indices.npy", npy_bytes<std::int32_t>("<i4", std::array{column.size()}, column)},
        {"indptr.npy", npy_bytes<std::int64_t>("<i8", std::array{row_start.size()}, row_start)},
        {"format.npy", npy_header("|S3", {}) + "csr"},
        {"shape.npy", npy_bytes<std::int64_t>("<i8", std::array{shape.size()}, shape)},
        {"data.npy", std::move(data_npy)},
    }};
    AtomicFile file(path);
    file.write(zipped(entries));
    file.commit();
}

}  // namespace

void write_csr_npz(const std::filesystem::path& path, const TextMatrix& matrix, std::size_t columns) {
    write_csr(path, matrix.row_start, matrix.column, columns,
              npy_bytes<double>("<f8", std::array{matrix.value.size()}, matrix.value));
}

void write_csr_npz_of_ones(const std::filesystem::path& path, std::span<const std::int64_t> row_start,
                           std::span<const std::int32_t> column, std::size_t columns) {
    const std::vector<std::uint8_t> ones(column.size(), 1);
    write_csr(path, row_start, column, columns,
              npy_bytes<std::uint8_t>("|u1", std::array{ones.size()}, ones));
}

TextMatrix read_csr_npz(const std::filesystem::path& path, std::size_t rows, std::size_t columns) {
    return checked_matrix(Archive(path), rows, columns);
}

TextMatrix csr_of_npz(std::string_view bytes, const std::string& where, std::size_t rows,
                      std::size_t columns) {
    return checked_matrix(Archive(bytes, where), rows, columns);
}

MatrixShape npz_shape(const std::filesystem::path& path) {
    return shape_of(Archive(path));
}

}  // namespace bingefriend
