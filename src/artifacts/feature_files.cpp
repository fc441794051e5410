#include "artifacts/feature_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "artifacts/atomic_file.hpp"
#include "artifacts/npy.hpp"
#include "artifacts/npz.hpp"
#include "domain/error.hpp"

namespace bingefriend {
namespace {

using std::filesystem::path;
using Json = nlohmann::ordered_json;

constexpr std::string_view genre_file = "genre_features.npy";
constexpr std::string_view text_file = "text_features.npz";
constexpr std::string_view platform_file = "platform_features.npy";
constexpr std::string_view type_file = "type_features.npy";
constexpr std::string_view language_file = "language_features.npy";
constexpr std::string_view vectorizer_file = "tfidf_vectorizer.json";
constexpr std::string_view encoder_file = "genre_encoder.json";

[[noreturn]] void refuse(const path& file, std::string_view what) {
    throw Error(ErrorKind::input, "cannot read the features", file.string(),
                fmt::format("{}: run `bingefriend features` again", what));
}

void write_file(const path& file_path, std::string_view bytes) {
    AtomicFile file(file_path);
    file.write(bytes);
    file.commit();
}

std::string read_file(const path& file_path) {
    std::ifstream file(file_path, std::ios::binary);
    if (!file) {
        refuse(file_path, "it is not there or may not be read");
    }
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file.bad()) {
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

Json vectorizer_json(const Features& features) {
    const FeatureSettings& s = features.settings;
    return {{"terms", features.vocabulary.terms},
            {"idf", features.vocabulary.idf},
            {"document_frequency", features.vocabulary.document_frequency},
            {"shows", features.size()},
            {"settings",
             {{"max_features", s.text.max_features},
              {"min_df", s.text.min_df},
              {"max_df", s.text.max_df},
              {"ngram_range", {1, 2}},
              {"stop_words", "english"},
              {"strip_accents", "unicode"},
              {"smooth_idf", true},
              {"norm", "l2"},
              {"top_n_platforms", s.top_n_platforms},
              {"top_n_languages", s.top_n_languages}}}};
}

Json encoder_json(const Features& features) {
    return {{"genres", features.genres.names},
            {"platforms", features.platform.names},
            {"types", features.type.names},
            {"languages", features.language.names}};
}

// Calls `one(row, column)` for every one of a matrix of zeros and ones, in C order.
template <typename One>
void for_each_one(const path& file, std::size_t rows, std::size_t columns, One one) {
    const std::string bytes = read_file(file);
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

void check_rows_are_unit_or_empty(const path& file, const TextMatrix& text) {
    for (std::size_t row = 0; row < text.rows(); ++row) {
        double squares = 0;
        for (const double value : text.values_of(row)) {
            if (value < 0) {
                refuse(file, "a weight is negative");
            }
            squares += value * value;
        }
        if (!text.values_of(row).empty() && std::abs(squares - 1) > 1e-6) {
            refuse(file, "a row does not have length 1");
        }
    }
}

void read_vectorizer(const path& file, Features& features) {
    const Json json = Json::parse(read_file(file));
    if (json.at("shows").get<std::size_t>() != features.size()) {
        refuse(file, fmt::format("it was made from another catalogue, not these {} shows", features.size()));
    }
    json.at("terms").get_to(features.vocabulary.terms);
    json.at("idf").get_to(features.vocabulary.idf);
    json.at("document_frequency").get_to(features.vocabulary.document_frequency);
    const Json& settings = json.at("settings");
    settings.at("max_features").get_to(features.settings.text.max_features);
    settings.at("min_df").get_to(features.settings.text.min_df);
    settings.at("max_df").get_to(features.settings.text.max_df);
    settings.at("top_n_platforms").get_to(features.settings.top_n_platforms);
    settings.at("top_n_languages").get_to(features.settings.top_n_languages);
    const Vocabulary& v = features.vocabulary;
    if (v.idf.size() != v.terms.size() || v.document_frequency.size() != v.terms.size()) {
        refuse(file, "its terms, idf and document frequencies are not equally many");
    }
}

void read_encoded(const path& folder, Features& features) {
    const Json names = Json::parse(read_file(folder / encoder_file));
    const auto columns = [&](const char* key) { return names.at(key).get<std::vector<std::string>>(); };
    const std::size_t rows = features.size();
    features.genres = read_genres(folder / genre_file, columns("genres"), rows);
    features.platform = read_categories(folder / platform_file, columns("platforms"), rows);
    features.type = read_categories(folder / type_file, columns("types"), rows);
    features.language = read_categories(folder / language_file, columns("languages"), rows);
}

}  // namespace

void write_features(const path& folder, const Features& features) {
    write_hot(folder / genre_file, features.size(), features.genres.names.size(),
              [&](std::size_t row) { return features.genres.of(row); });
    write_csr_npz(folder / text_file, features.text, features.vocabulary.terms.size());
    write_one_hot(folder / platform_file, features.platform);
    write_one_hot(folder / type_file, features.type);
    write_one_hot(folder / language_file, features.language);
    write_file(folder / encoder_file, encoder_json(features).dump(1) + '\n');
    write_file(folder / vectorizer_file, vectorizer_json(features).dump(1) + '\n');
}

Features read_features(const path& folder, const std::vector<ShowId>& ids) {
    Features features;
    features.ids = ids;
    try {
        read_vectorizer(folder / vectorizer_file, features);
        read_encoded(folder, features);
    } catch (const Json::exception& e) {
        refuse(folder / vectorizer_file,
               fmt::format("it or {} is not the JSON expected ({})", encoder_file, e.what()));
    }
    features.text = read_csr_npz(folder / text_file, ids.size(), features.vocabulary.terms.size());
    check_rows_are_unit_or_empty(folder / text_file, features.text);
    return features;
}

}  // namespace bingefriend
