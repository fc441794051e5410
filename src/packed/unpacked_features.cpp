#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "domain/text_weights.hpp"
#include "packed/packed_features.hpp"
#include "packed/packed_reader.hpp"
#include "recipes/recipes.hpp"

namespace bingefriend {
namespace {

// The last versions without values, and without recipes.
constexpr char without_values = 2;
constexpr char without_recipes = 3;

double read_non_negative(FieldReader& from) {
    const double value = from.real();
    if (!(value >= 0 && std::isfinite(value))) {
        throw_invalid_packed("a value is not a number >= 0");
    }
    return value;
}

FeatureSettings read_settings(FieldReader& from) {
    if (from.version() > without_recipes) {
        const std::string json = from.text();
        try {
            return parse_feature_settings(json, "");
        } catch (const Error&) {
            throw_invalid_packed("invalid settings");
        }
    }
    FeatureSettings settings;
    settings.text.max_features = from.number();
    settings.text.min_df = from.number();
    settings.text.max_df = from.real();
    settings.top_n_platforms = from.number();
    settings.top_n_languages = from.number();
    return settings;
}

void read_ids(FieldReader& from, std::vector<ShowId>& ids) {
    const std::size_t n = from.count();
    ids.reserve(from.room_for(n));
    std::int64_t id = 0;
    for (std::size_t row = 0; row < n; ++row) {
        const std::uint64_t step = from.number();
        if (step == 0 || step > static_cast<std::uint64_t>(INT64_MAX - id)) {
            throw_invalid_packed("the ids are not ascending");
        }
        ids.push_back(ShowId{id += static_cast<std::int64_t>(step)});
    }
}

void read_genres(FieldReader& from, std::size_t rows, GenreSets& genres) {
    genres.names = from.names();
    genres.row_start.reserve(rows + 1);
    genres.column.reserve(2 * rows);
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(genres.names.size(), genres.column);
        genres.row_start.push_back(static_cast<std::int64_t>(genres.column.size()));
    }
}

void read_vocabulary(FieldReader& from, Vocabulary& vocabulary) {
    vocabulary.terms = from.names();
    for (std::size_t term = 0; term < vocabulary.terms.size(); ++term) {
        vocabulary.idf.push_back(from.real());
        if (!(vocabulary.idf.back() > 0 && std::isfinite(vocabulary.idf.back()))) {
            throw_invalid_packed("an idf is not a positive number");
        }
    }
    for (std::size_t term = 0; term < vocabulary.terms.size(); ++term) {
        vocabulary.document_frequency.push_back(static_cast<std::int64_t>(from.number()));
    }
    if (from.version() > without_recipes) {
        vocabulary.least_length = read_non_negative(from);
    }
}

// Appends the weights of a row.
void read_weights(FieldReader& from, std::span<const std::int32_t> columns, const Features& features,
                  std::vector<double>& weights) {
    const std::size_t begin = weights.size();
    std::uint64_t count = from.number();
    if (count == 0) {
        while (weights.size() < begin + columns.size()) {
            weights.push_back(from.real());
        }
    } else {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            count = i == 0 ? count : from.number();
            weights.push_back(term_weight(static_cast<double>(count),
                                          features.vocabulary.idf[static_cast<std::size_t>(columns[i])],
                                          features.settings.text));
        }
        divide_by_length(std::span(weights).subspan(begin), features.vocabulary.least_length);
    }
    const std::span<const double> row = std::span(weights).subspan(begin);
    const double length = row_length(row);
    const double least = features.settings.text.length_floor ? 0 : 1;
    if (!(length > least - 1e-9 && length < 1 + 1e-9) ||
        !std::all_of(row.begin(), row.end(), [](double weight) { return weight >= 0; })) {
        throw_invalid_packed("a row of the text does not have length 1");
    }
}

void read_text(FieldReader& from, std::size_t rows, const Features& features, TextMatrix& text) {
    const std::size_t entries = from.count();
    text.row_start.reserve(rows + 1);
    text.column.reserve(from.room_for(entries));
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(features.vocabulary.idf.size(), text.column);
        text.row_start.push_back(static_cast<std::int64_t>(text.column.size()));
    }
    text.value.reserve(text.column.size());
    for (std::size_t row = 0; row < rows; ++row) {
        if (const auto columns = text.columns_of(row); !columns.empty()) {
            read_weights(from, columns, features, text.value);
        }
    }
}

void read_facets(FieldReader& from, std::size_t rows, Facets& facets) {
    facets.language = from.categories(rows);
    facets.network = from.categories(rows);
    facets.status = from.categories(rows);
    facets.rating.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        facets.rating.push_back(from.real());
    }
}

ValueColumn read_column(FieldReader& from, std::size_t rows) {
    ValueColumn column;
    column.reference = read_non_negative(from);
    std::vector<double> values{ValueColumn::none};
    for (std::size_t n = from.count(); n > 0; --n) {
        values.push_back(read_non_negative(from));
    }
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint64_t place = from.number();
        if (place >= values.size()) {
            throw_invalid_packed("a value is out of range");
        }
        column.value.push_back(values[static_cast<std::size_t>(place)]);
    }
    return column;
}

// Columns of parts that this version does not know are left out.
void read_values(FieldReader& from, std::size_t rows, PerPart<ValueColumn>& columns) {
    for (std::size_t n = from.count(); n > 0; --n) {
        const std::string name = from.text();
        ValueColumn column = read_column(from, rows);
        const auto part = std::ranges::find(all_parts, name, &PartDefinition::name);
        if (part != all_parts.end()) {
            columns[part->part] = std::move(column);
        }
    }
}

}  // namespace

StoredFeatures unpacked(const NextPart& next) {
    FieldReader from(next);
    StoredFeatures stored;
    Features& f = stored.features;
    f.settings = read_settings(from);
    read_ids(from, f.ids);
    read_genres(from, f.size(), f.genres);
    if (f.settings.genre_idf) {
        set_idf(f.genres);
    }
    read_vocabulary(from, f.vocabulary);
    read_text(from, f.size(), f, f.text);
    f.platform = from.categories(f.size());
    f.type = from.categories(f.size());
    f.language = from.categories(f.size());
    if (f.platform.names.empty() || f.language.names.empty()) {
        throw_invalid_packed("the column of all other names is missing");
    }
    read_facets(from, f.size(), stored.facets);
    if (from.version() > without_values) {
        read_values(from, f.size(), f.values);
    }
    from.end();
    return stored;
}

StoredFeatures unpacked(std::string_view bytes) {
    return unpacked([&] { return std::string(std::exchange(bytes, {})); });
}

}  // namespace bingefriend
