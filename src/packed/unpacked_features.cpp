#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "domain/unit_length.hpp"
#include "packed/packed_features.hpp"
#include "packed/packed_reader.hpp"

namespace bingefriend {
namespace {

constexpr char without_values = 2;  // the last version without values

FeatureSettings read_settings(FieldReader& from) {
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
}

void read_weights(FieldReader& from, std::span<const std::int32_t> columns, const std::vector<double>& idf,
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
            weights.push_back(static_cast<double>(count) * idf[static_cast<std::size_t>(columns[i])]);
        }
        to_unit_length(std::span(weights).subspan(begin));
    }
    double squares = 0;
    for (const double weight : std::span(weights).subspan(begin)) {
        squares += weight * weight;
    }
    if (!(std::abs(squares - 1) < 1e-9)) {
        throw_invalid_packed("a row of the text does not have length 1");
    }
}

void read_text(FieldReader& from, std::size_t rows, const std::vector<double>& idf, TextMatrix& text) {
    const std::size_t entries = from.count();
    text.row_start.reserve(rows + 1);
    text.column.reserve(from.room_for(entries));
    for (std::size_t row = 0; row < rows; ++row) {
        from.ascending(idf.size(), text.column);
        text.row_start.push_back(static_cast<std::int64_t>(text.column.size()));
    }
    text.value.reserve(text.column.size());
    for (std::size_t row = 0; row < rows; ++row) {
        if (const auto columns = text.columns_of(row); !columns.empty()) {
            read_weights(from, columns, idf, text.value);
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
    const auto known = [&] {
        const double value = from.real();
        if (!(value >= 0 && std::isfinite(value))) {
            throw_invalid_packed("a value is not a number >= 0");
        }
        return value;
    };
    ValueColumn column;
    column.reference = known();
    std::vector<double> values{ValueColumn::none};
    for (std::size_t n = from.count(); n > 0; --n) {
        values.push_back(known());
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
    read_vocabulary(from, f.vocabulary);
    read_text(from, f.size(), f.vocabulary.idf, f.text);
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
