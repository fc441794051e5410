#include "artifacts/feature_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "artifacts/atomic_file.hpp"
#include "artifacts/feature_digest.hpp"
#include "artifacts/feature_names.hpp"
#include "artifacts/file_shapes.hpp"
#include "artifacts/npy.hpp"
#include "artifacts/npz.hpp"
#include "artifacts/refuse.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;

constexpr std::string_view catalogue_file = feature_file_names[0];
constexpr std::string_view genre_file = feature_file_names[1];
constexpr std::string_view text_file = feature_file_names[2];
constexpr std::string_view platform_file = feature_file_names[3];
constexpr std::string_view type_file = feature_file_names[4];
constexpr std::string_view language_file = feature_file_names[5];
constexpr std::string_view encoder_file = feature_file_names[6];
constexpr std::string_view vectorizer_file = feature_file_names[7];

constexpr std::size_t most_json_bytes = std::size_t{1} << 30;

[[noreturn]] void refuse(const path& file, std::string_view what) {
    refuse_file(file.string(), what);
}

void write_file(const path& file_path, std::string_view bytes) {
    AtomicFile file(file_path);
    file.write(bytes);
    file.commit();
}

// The bytes of a file that can reasonably have so many.
std::string read_file(const path& file_path, std::size_t most_bytes) {
    std::ifstream file(file_path, std::ios::binary | std::ios::ate);
    if (!file) {
        refuse(file_path, "it is not there or may not be read");
    }
    const std::streamoff size = file.tellg();
    if (size < 0 || static_cast<std::size_t>(size) > most_bytes) {
        refuse(file_path, fmt::format("it is larger than {} bytes", most_bytes));
    }
    std::string bytes(static_cast<std::size_t>(size), '\0');
    file.seekg(0);
    if (!file.read(bytes.data(), size)) {
        refuse(file_path, "the disk failed");
    }
    return bytes;
}

// A matrix of zeros with a one at each of the columns of a row.
template <typename ColumnsOfRow>
void write_hot(const path& file_path, std::size_t rows, std::size_t columns, ColumnsOfRow columns_of_row) {
    AtomicFile file(file_path);
    file.write(npy_header("|u1", std::array{rows, columns}));
    std::string line;
    for (std::size_t row = 0; row < rows; ++row) {
        line.assign(columns, '\0');
        for (const std::int32_t column : columns_of_row(row)) {
            line[static_cast<std::size_t>(column)] = '\1';
        }
        file.write(line);
    }
    file.commit();
}

void write_one_hot(const path& file_path, const Categories& categories) {
    write_hot(file_path, categories.column.size(), categories.names.size(), [&](std::size_t row) {
        return std::span(&categories.column[row], categories.column[row] == Categories::none ? 0u : 1u);
    });
}

// Calls `one(row, column)` for every one of a matrix of zeros and ones, in C order.
template <typename One>
void for_each_one(const path& file, std::size_t rows, std::size_t columns, One one) {
    constexpr std::size_t widest_number = 8;
    const std::string bytes = read_file(file, rows * columns * widest_number + most_npy_header_bytes);
    const NpyView array(bytes, file.string());
    if (array.shape() != std::vector{rows, columns}) {
        refuse(file, fmt::format("its shape is not {} shows × {} columns", rows, columns));
    }
    const std::vector<std::int64_t> values = array.integers();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0 && values[i] != 1) {
            refuse(file, "it holds a value other than 0 and 1");
        }
        if (values[i] == 1) {
            one(i / columns, static_cast<std::int32_t>(i % columns));
        }
    }
}

GenreSets read_genres(const path& file, std::vector<std::string> names, std::size_t rows) {
    GenreSets genres{.names = std::move(names), .row_start = std::vector<std::int64_t>(rows + 1)};
    for_each_one(file, rows, genres.names.size(), [&](std::size_t row, std::int32_t column) {
        genres.column.push_back(column);
        genres.row_start[row + 1] = static_cast<std::int64_t>(genres.column.size());
    });
    for (std::size_t row = 0; row < rows; ++row) {  // rows without a genre end where the one before does
        genres.row_start[row + 1] = std::max(genres.row_start[row + 1], genres.row_start[row]);
    }
    return genres;
}

Categories read_categories(const path& file, std::vector<std::string> names, std::size_t rows) {
    Categories categories{.names = std::move(names),
                          .column = std::vector<std::int32_t>(rows, Categories::none)};
    for_each_one(file, rows, categories.names.size(), [&](std::size_t row, std::int32_t column) {
        if (categories.column[row] != Categories::none) {
            refuse(file, "a show has two columns where one was expected");
        }
        categories.column[row] = column;
    });
    return categories;
}

// Weights in fewer bits than ours miss length 1 by a little, which a score must not show.
void make_rows_unit(const path& file, TextMatrix& text) {
    constexpr double most_off = 1e-6;
    constexpr double ours_are_off = 1e-12;
    for (std::size_t row = 0; row < text.rows(); ++row) {
        const auto begin = static_cast<std::size_t>(text.row_start[row]);
        const std::span<double> values = std::span(text.value).subspan(begin, text.values_of(row).size());
        double squares = 0;
        for (const double value : values) {
            if (value < 0) {
                refuse(file, "a weight is negative");
            }
            squares += value * value;
        }
        if (!values.empty() && std::abs(squares - 1) > most_off) {
            refuse(file, "a row does not have length 1");
        }
        if (std::abs(squares - 1) > ours_are_off) {
            for (double& value : values) {
                value /= std::sqrt(squares);
            }
        }
    }
}

void read_encoded(const path& folder, std::size_t rows, Features& features) {
    features.genres = read_genres(folder / genre_file, std::move(features.genres.names), rows);
    features.platform = read_categories(folder / platform_file, std::move(features.platform.names), rows);
    features.type = read_categories(folder / type_file, std::move(features.type.names), rows);
    features.language = read_categories(folder / language_file, std::move(features.language.names), rows);
}

// The files say of which catalogue they are, and what all of them hold together.
void check_digest(const path& folder, const FeatureDigest& said, const std::string& found) {
    const path where = folder / vectorizer_file;
    if (file_digest(folder / catalogue_file) != said.catalogue) {
        refuse(where, fmt::format("the features are of another catalogue than {}", catalogue_file));
    }
    if (found != said.features) {
        refuse(where, "the feature files do not belong together: one of them is of another run");
    }
}

FeaturesOfFiles read_files(const path& folder, std::size_t shows) {
    FeaturesOfFiles files;
    Features& features = files.features;
    const auto json = [&](std::string_view name) { return read_file(folder / name, most_json_bytes); };
    const FeatureDigest digest =
        read_vectorizer_json(json(vectorizer_file), (folder / vectorizer_file).string(), shows, features);
    read_encoder_json(json(encoder_file), (folder / encoder_file).string(), features);
    read_encoded(folder, shows, features);
    features.text = read_csr_npz(folder / text_file, shows, features.vocabulary.terms.size());
    const std::string found = feature_digest(features, digest.catalogue);  // of the values as they are saved
    make_rows_unit(folder / text_file, features.text);
    files.has_digest = digest != FeatureDigest();
    if (files.has_digest) {
        check_digest(folder, digest, found);
    }
    return files;
}

}  // namespace

void write_features(const path& folder, const Features& features) {
    // Nothing reads a folder without this file: a run that is killed here leaves no mixture behind.
    std::filesystem::remove(folder / vectorizer_file);
    write_hot(folder / genre_file, features.size(), features.genres.names.size(),
              [&](std::size_t row) { return features.genres.of(row); });
    write_csr_npz(folder / text_file, features.text, features.vocabulary.terms.size());
    write_one_hot(folder / platform_file, features.platform);
    write_one_hot(folder / type_file, features.type);
    write_one_hot(folder / language_file, features.language);
    write_file(folder / encoder_file, encoder_json(features));
    FeatureDigest digest{.catalogue = file_digest(folder / catalogue_file)};
    digest.features = feature_digest(features, digest.catalogue);
    write_file(folder / vectorizer_file, vectorizer_json(features, digest));
}

std::string no_digest_warning(const path& folder) {
    return fmt::format(
        "the features in {} have no digest (an earlier version or another program wrote them): only their "
        "number of shows was compared; `bingefriend features` computes them again",
        folder.string());
}

FeaturesOfFiles read_features(const path& folder, const std::vector<ShowId>& ids) {
    FeaturesOfFiles files = read_files(folder, ids.size());
    files.features.ids = ids;
    return files;
}

bool check_features(const path& folder) {
    return read_files(folder, shape_of_file(folder / catalogue_file).at(0)).has_digest;
}

}  // namespace bingefriend
