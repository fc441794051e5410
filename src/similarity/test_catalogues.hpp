// Random features full of edge cases: ties, empty rows, short rows, shows without genres, type, year or
// rating.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "domain/features.hpp"

namespace bingefriend {

struct RandomCatalogue {
    std::size_t shows = 100;
    std::size_t genres = 6;
    std::size_t terms = 30;
    std::size_t terms_a_show = 5;
    double without_text = 0.2;
    double twins = 0.3;  // shows that repeat an earlier one in everything but the id
    std::size_t years = 6;
    double without_year = 0.2;
    std::size_t ratings = 12;  // distinct
    double without_rating = 0.3;
    MetadataFields metadata;
    bool genre_idf = false;   // genres differ in weight
    double least_length = 0;  // rows are divided by at least so many times their usual length
    bool even_terms = false;  // all terms are equally frequent
};

// The values of a part.  Some shows keep the value of the one before.
template <typename Draw>
std::vector<double> random_values(std::size_t shows, double unknown, std::uint64_t seed, Draw draw) {
    std::mt19937_64 random(seed);
    std::vector<double> values;
    double value = ValueColumn::none;
    for (std::size_t i = 0; i < shows; ++i) {
        if (random() % 3 > 0) {
            const bool known = static_cast<double>(random() % 1'000) >= unknown * 1'000;
            value = known ? draw(random()) : ValueColumn::none;
        }
        values.push_back(value);
    }
    return values;
}

// Years of premiere; the newest is the reference.
inline ValueColumn random_years(const RandomCatalogue& what, std::uint64_t seed) {
    ValueColumn years{
        random_values(what.shows, what.without_year, ~seed,
                      [&](std::uint64_t r) { return 2024.0 - static_cast<double>(r % what.years); }),
        0};
    for (const double year : years.value) {
        years.reference = std::max(years.reference, year);
    }
    return years;
}

// From 0 to 10; the mean is the reference.
inline ValueColumn random_ratings(const RandomCatalogue& what, std::uint64_t seed) {
    ValueColumn ratings{random_values(what.shows, what.without_rating, ~seed + 1,
                                      [&](std::uint64_t r) {
                                          return 10 * static_cast<double>(r % what.ratings) /
                                                 static_cast<double>(what.ratings);
                                      }),
                        0};
    double known = 0;
    for (const double rating : ratings.value) {
        ratings.reference += std::max(rating, 0.0);
        known += rating >= 0 ? 1 : 0;
    }
    ratings.reference = known > 0 ? ratings.reference / known : 0;
    return ratings;
}

inline Features random_features(const RandomCatalogue& what, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const auto chance = [&](double p) { return static_cast<double>(below(1'000'000)) < p * 1e6; };

    struct Row {
        std::set<std::int32_t> genres;
        std::set<std::int32_t> terms;
        std::vector<int> counts;
        std::int32_t platform, type, language;
    };
    std::vector<Row> rows;
    Features features;
    std::int64_t id = 0;
    for (std::size_t i = 0; i < what.shows; ++i) {
        features.ids.push_back(ShowId{id += 1 + static_cast<std::int64_t>(below(3))});
        if (!rows.empty() && chance(what.twins)) {
            rows.push_back(rows[below(rows.size())]);
            continue;
        }
        Row row{};
        for (std::size_t g = below(4); g > 0 && what.genres > 0; --g) {
            row.genres.insert(static_cast<std::int32_t>(below(what.genres)));
        }
        if (what.terms > 0 && !chance(what.without_text)) {
            for (std::size_t t = 1 + below(what.terms_a_show); t > 0; --t) {
                // The product favours low columns: some terms are common, most are rare.
                row.terms.insert(static_cast<std::int32_t>(
                    what.even_terms ? below(what.terms)
                                    : below(what.terms) * below(what.terms) / what.terms));
            }
        }
        for (std::size_t t = 0; t < row.terms.size(); ++t) {
            row.counts.push_back(1 + static_cast<int>(below(3)));
        }
        row.platform = static_cast<std::int32_t>(below(4));
        row.type = static_cast<std::int32_t>(below(4)) - 1;
        row.language = static_cast<std::int32_t>(below(3));
        rows.push_back(row);
    }

    features.settings.metadata = what.metadata;
    features.values[Part::year] = random_years(what, seed);
    features.values[Part::rating] = random_ratings(what, seed);
    features.genres.names.resize(what.genres);
    for (std::size_t g = 0; g < what.genres && what.genre_idf; ++g) {
        features.genres.idf.push_back(1.0 + static_cast<double>(g) / 3);
    }
    features.vocabulary.terms.resize(what.terms);
    for (std::size_t t = 0; t < what.terms; ++t) {
        features.vocabulary.idf.push_back(1.0 + static_cast<double>(t) / 7);
    }
    for (const Row& row : rows) {
        features.genres.column.insert(features.genres.column.end(), row.genres.begin(), row.genres.end());
        features.genres.row_start.push_back(static_cast<std::int64_t>(features.genres.column.size()));
        double squares = 0;
        std::vector<double> weights;
        for (auto [t, count] = std::pair(row.terms.begin(), row.counts.begin()); t != row.terms.end();
             ++t, ++count) {
            weights.push_back(*count * features.vocabulary.idf[static_cast<std::size_t>(*t)]);
            squares += weights.back() * weights.back();
        }
        const double usual = 2.0 * std::sqrt(static_cast<double>(what.terms_a_show) / 2);
        const double length = std::max(std::sqrt(squares), what.least_length * usual);
        features.text.column.insert(features.text.column.end(), row.terms.begin(), row.terms.end());
        for (const double weight : weights) {
            features.text.value.push_back(weight / length);
        }
        features.text.row_start.push_back(static_cast<std::int64_t>(features.text.value.size()));
        features.platform.column.push_back(row.platform);
        features.type.column.push_back(row.type);
        features.language.column.push_back(row.language);
    }
    return features;
}

}  // namespace bingefriend
