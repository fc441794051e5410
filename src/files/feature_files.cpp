#include "files/feature_files.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "base/atomic_file.hpp"
#include "domain/text_weights.hpp"
#include "files/feature_digest.hpp"
#include "files/feature_names.hpp"
#include "files/file_shapes.hpp"
#include "files/hot_matrix.hpp"
#include "files/npz.hpp"
#include "files/refuse.hpp"
#include "files/whole_file.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;

bool is_hot_matrix(std::string_view name) {
    for (const FeatureFile file :
         {FeatureFile::genres, FeatureFile::platforms, FeatureFile::types, FeatureFile::languages}) {
        if (name == name_of(file)) {
            return true;
        }
    }
    return false;
}

constexpr std::size_t max_json_bytes = std::size_t{1} << 30;

[[noreturn]] void refuse(const path& file, std::string_view what) {
    refuse_file(file.string(), what);
}

void write_file(const path& file_path, std::string_view bytes) {
    AtomicFile file(file_path);
    file.write(bytes);
    file.commit();
}

void write_categories(const path& folder, std::string_view name, const Categories& categories) {
    HotMatrix matrix;
    for (const std::int32_t column : categories.column) {
        if (column != Categories::none) {
            matrix.column.push_back(column);
        }
        matrix.row_start.push_back(static_cast<std::int64_t>(matrix.column.size()));
    }
    write_hot_matrix(folder, name, matrix.row_start, matrix.column, categories.names.size());
}

GenreSets read_genres(const path& folder, std::vector<std::string> names, std::size_t rows) {
    HotMatrix matrix = read_hot_matrix(folder, name_of(FeatureFile::genres), rows, names.size());
    return {.names = std::move(names),
            .row_start = std::move(matrix.row_start),
            .column = std::move(matrix.column)};
}

Categories read_categories(const path& folder, std::string_view name, std::vector<std::string> names,
                           std::size_t rows) {
    const HotMatrix matrix = read_hot_matrix(folder, name, rows, names.size());
    Categories categories{.names = std::move(names),
                          .column = std::vector<std::int32_t>(rows, Categories::none)};
    for (std::size_t row = 0; row < rows; ++row) {
        const auto begin = static_cast<std::size_t>(matrix.row_start[row]);
        const auto end = static_cast<std::size_t>(matrix.row_start[row + 1]);
        if (end - begin > 1) {
            refuse(folder / hot_matrix_in(folder, name), "a show has two columns where one was expected");
        }
        if (end > begin) {
            categories.column[row] = matrix.column[begin];
        }
    }
    return categories;
}

// Weights that were saved in fewer bits make rows a little longer or shorter than 1, which a score must not
// show.  With a length floor, shorter rows stay as they are.
void make_rows_unit(const path& file, bool length_floor, TextMatrix& text) {
    constexpr double max_off = 1e-6;
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
        if (!values.empty() && (squares > 1 + max_off || (squares < 1 - max_off && !length_floor))) {
            refuse(file, "a row does not have length 1");
        }
        if (std::abs(squares - 1) > ours_are_off && std::abs(squares - 1) <= max_off) {
            for (double& value : values) {
                value /= std::sqrt(squares);
            }
        }
    }
}

void read_encoded(const path& folder, std::size_t rows, Features& features) {
    features.genres = read_genres(folder, std::move(features.genres.names), rows);
    const auto read = [&](std::string_view name, Categories& categories) {
        categories = read_categories(folder, name, std::move(categories.names), rows);
    };
    read(name_of(FeatureFile::platforms), features.platform);
    read(name_of(FeatureFile::types), features.type);
    read(name_of(FeatureFile::languages), features.language);
}

// The files say of which catalogue they are, and what all of them hold together.
void check_digest(const path& folder, const FeatureDigest& said, const std::string& found) {
    const path where = folder / name_of(FeatureFile::vectorizer);
    if (file_digest(folder / name_of(FeatureFile::catalogue)) != said.catalogue) {
        refuse(where,
               fmt::format("the features are of another catalogue than {}", name_of(FeatureFile::catalogue)));
    }
    if (found != said.features) {
        refuse(where, "the feature files do not belong together: one of them is of another run");
    }
}

FeaturesOfFiles read_files(const path& folder, std::size_t shows) {
    FeaturesOfFiles files;
    Features& features = files.features;
    const auto json = [&](std::string_view name) { return read_whole_file(folder / name, max_json_bytes); };
    const FeatureDigest digest =
        read_vectorizer_json(json(name_of(FeatureFile::vectorizer)),
                             (folder / name_of(FeatureFile::vectorizer)).string(), shows, files);
    features.settings = files.recipe.features;
    read_encoder_json(json(name_of(FeatureFile::encoder)), (folder / name_of(FeatureFile::encoder)).string(),
                      features);
    read_encoded(folder, shows, features);
    if (features.settings.genre_idf) {
        set_idf(features.genres);
    }
    features.text =
        read_csr_npz(folder / name_of(FeatureFile::text), shows, features.vocabulary.terms.size());
    const std::string found = feature_digest(features, digest.catalogue);  // of the values as they are saved
    make_rows_unit(folder / name_of(FeatureFile::text), features.settings.text.length_floor, features.text);
    files.has_digest = digest != FeatureDigest();
    if (files.has_digest) {
        check_digest(folder, digest, found);
    }
    return files;
}

}  // namespace

void write_features(const path& folder, const Features& features, const Recipe& recipe) {
    // Nothing reads a folder without this file: a run that is killed here leaves no mixture behind.
    std::filesystem::remove(folder / name_of(FeatureFile::vectorizer));
    write_hot_matrix(folder, name_of(FeatureFile::genres), features.genres.row_start, features.genres.column,
                     features.genres.names.size());
    write_csr_npz(folder / name_of(FeatureFile::text), features.text, features.vocabulary.terms.size());
    write_categories(folder, name_of(FeatureFile::platforms), features.platform);
    write_categories(folder, name_of(FeatureFile::types), features.type);
    write_categories(folder, name_of(FeatureFile::languages), features.language);
    write_file(folder / name_of(FeatureFile::encoder), encoder_json(features));
    FeatureDigest digest{.catalogue = file_digest(folder / name_of(FeatureFile::catalogue))};
    digest.features = feature_digest(features, digest.catalogue);
    write_file(folder / name_of(FeatureFile::vectorizer), vectorizer_json(features, recipe, digest));
}

std::string_view name_of(FeatureFile file) noexcept {
    switch (file) {
        case FeatureFile::catalogue:
            return "shows_metadata.csv";
        case FeatureFile::genres:
            return "genre_features.npy";
        case FeatureFile::text:
            return "text_features.npz";
        case FeatureFile::platforms:
            return "platform_features.npy";
        case FeatureFile::types:
            return "type_features.npy";
        case FeatureFile::languages:
            return "language_features.npy";
        case FeatureFile::encoder:
            return "genre_encoder.json";
        case FeatureFile::vectorizer:
            break;
    }
    return "tfidf_vectorizer.json";
}

std::string feature_file_in(const path& folder, FeatureFile file) {
    const std::string_view name = name_of(file);
    return is_hot_matrix(name) ? hot_matrix_in(folder, name) : std::string(name);
}

std::string other_form_of_feature_file(std::string_view name) {
    std::string other = other_form_of_hot_matrix(name);
    return is_hot_matrix(name) || is_hot_matrix(other) ? other : std::string();
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
    return read_files(folder, shape_of_file(folder / name_of(FeatureFile::catalogue)).at(0)).has_digest;
}

}  // namespace bingefriend
