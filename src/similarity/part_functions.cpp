#include "similarity/part_functions.hpp"

#include <algorithm>
#include <bit>

namespace bingefriend {
namespace {

template <typename Visit>
void for_each_shared(std::span<const std::int32_t> a, std::span<const std::int32_t> b, Visit visit) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) {
            visit(i++, j++);
        } else {
            ++(a[i] < b[j] ? i : j);
        }
    }
}

double genre_part(const Features& catalogue, const ShowFeatures& query, const ShowFeatures& other) {
    double shared = 0;
    for_each_shared(query.genres, other.genres,
                    [&](std::size_t i, std::size_t) { shared += catalogue.genres.square(query.genres[i]); });
    return genre_cosine(shared, query.genre_squares, other.genre_squares);
}

double text_part(const Features&, const ShowFeatures& query, const ShowFeatures& other) {
    double dot = 0;
    for_each_shared(query.terms, other.terms,
                    [&](std::size_t i, std::size_t j) { dot += query.weights[i] * other.weights[j]; });
    return dot;
}

double metadata_part(const Features& catalogue, const ShowFeatures& query, const ShowFeatures& other) {
    const MetadataFields& fields = catalogue.settings.metadata;
    const int shared = int{fields.platform && query.platform == other.platform} +
                       int{fields.type && query.type == other.type && query.type != Categories::none} +
                       int{fields.language && query.language == other.language};
    const int compared = int{fields.platform} + int{fields.type} + int{fields.language};
    return compared == 0 ? 0.0 : static_cast<double>(shared) / compared;
}

ClassKey metadata_key(const ShowFeatures& show) {
    return {show.platform, show.type, show.language};
}

// Compares ages, counted so that the newest show of the catalogue is 2 years old; 0 if a year is unknown.
double year_part(const Features& catalogue, const ShowFeatures& query, const ShowFeatures& other) {
    const auto age = [&](const ShowFeatures& show) {
        return std::max(catalogue.values[Part::year].reference - show.values[Part::year], 0.0) + 2;
    };
    if (query.values[Part::year] == ValueColumn::none || other.values[Part::year] == ValueColumn::none) {
        return 0;
    }
    const double a = age(query);
    const double b = age(other);
    const double ratio = std::min(a, b) / std::max(a, b);
    return ratio * ratio;
}

// Not symmetric: a show that is rated higher than the query loses nothing.  A show without a rating counts as
// the mean.
double rating_part(const Features& catalogue, const ShowFeatures& query, const ShowFeatures& other) {
    const auto rating = [&](const ShowFeatures& show) {
        const double value = show.values[Part::rating];
        return value == ValueColumn::none ? catalogue.values[Part::rating].reference : value;
    };
    return std::max(0.0, 1 - std::max(0.0, rating(query) - rating(other)) / 2);
}

template <Part part>
ClassKey value_key(const ShowFeatures& show) {
    const auto bits = std::bit_cast<std::array<std::int32_t, 2>>(show.values[part]);
    return {bits[0], bits[1], 0};
}

// In the order of the table of parts.
constexpr PerPart<PartFunction> functions{{{
    {genre_part, nullptr},
    {text_part, nullptr},
    {metadata_part, metadata_key},
    {year_part, value_key<Part::year>},
    {rating_part, value_key<Part::rating>, false},
}}};

}  // namespace

ShowFeatures show_features(const Features& features, std::size_t row) {
    return {.genres = features.genres.of(row),
            .genre_squares = features.genres.squares(features.genres.of(row)),
            .terms = features.text.columns_of(row),
            .weights = features.text.values_of(row),
            .platform = features.platform.column[row],
            .type = features.type.column[row],
            .language = features.language.column[row],
            .values = values_of(features, row)};
}

ShowFeatures show_features(const FeatureRow& row) {
    return {.genres = row.genres,
            .genre_squares = row.genre_squares,
            .terms = row.terms,
            .weights = row.weights,
            .platform = row.platform,
            .type = row.type,
            .language = row.language,
            .values = row.values};
}

const PartFunction& part_function(Part part) noexcept {
    return functions[part];
}

double part_of_pair(Part part, const Features& features, std::size_t query, std::size_t other) {
    return rounded(
        functions[part].of(features, show_features(features, query), show_features(features, other)));
}

PerPart<double> parts_of_pair(const Features& features, const Weights& weights, std::size_t query,
                              std::size_t other) {
    PerPart<double> parts;
    for (const PartDefinition& d : shown_parts(weights)) {
        parts[d.part] = part_of_pair(d.part, features, query, other);
    }
    return parts;
}

}  // namespace bingefriend
