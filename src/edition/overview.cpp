#include "edition/overview.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace bingefriend {
namespace {

constexpr std::size_t max_networks = 50;
constexpr std::size_t max_well_known = 6;
constexpr std::size_t least_numbered_first = 300;  // shows; of larger catalogues a part
constexpr std::size_t part_numbered_first = 100;

std::vector<NamedCount> counts(const std::vector<std::string>& names,
                               const std::vector<std::int32_t>& columns) {
    std::vector<NamedCount> result;
    for (const std::string& name : names) {
        result.push_back({name, 0});
    }
    for (const std::int32_t column : columns) {
        if (column != Categories::none) {
            ++result[static_cast<std::size_t>(column)].shows;
        }
    }
    std::erase_if(result, [](const NamedCount& entry) { return entry.name.empty() || entry.shows == 0; });
    std::sort(result.begin(), result.end(), [](const NamedCount& a, const NamedCount& b) {
        return a.shows != b.shows ? a.shows > b.shows : a.name < b.name;
    });
    return result;
}

std::size_t sum(const std::vector<NamedCount>& entries) {
    return std::accumulate(entries.begin(), entries.end(), std::size_t{0},
                           [](std::size_t total, const NamedCount& entry) { return total + entry.shows; });
}

std::vector<ShowId> well_known(const Features& features, const std::vector<double>& rating) {
    std::vector<std::size_t> rows(
        std::min(features.size(), std::max(least_numbered_first, features.size() / part_numbered_first)));
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto rating_of = [&](std::size_t row) { return std::isnan(rating[row]) ? 0.0 : rating[row]; };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return rating_of(a) > rating_of(b); });
    std::vector<std::size_t> chosen;
    for (const std::size_t row : rows) {
        const auto genres = features.genres.of(row);
        const bool told = std::any_of(chosen.begin(), chosen.end(), [&](std::size_t other) {
            const auto others = features.genres.of(other);
            return std::equal(genres.begin(), genres.end(), others.begin(), others.end());
        });
        if (!told && !genres.empty() && chosen.size() < max_well_known) {
            chosen.push_back(row);
        }
    }
    std::vector<ShowId> shows;
    for (const std::size_t row : chosen) {
        shows.push_back(features.ids[row]);
    }
    return shows;
}

}  // namespace

CatalogueOverview overview_of(const Generation& generation, const IndexedFeatures& indexed) {
    const Features& f = indexed.features();
    const Facets& facets = indexed.facets();
    CatalogueOverview result;
    result.generation = generation.number;
    result.weights = generation.ranking.weights;
    result.shows = f.size();
    result.genres = counts(f.genres.names, f.genres.column);
    result.types = counts(f.type.names, f.type.column);
    result.languages = counts(facets.language.names, facets.language.column);
    result.networks = counts(facets.network.names, facets.network.column);
    result.statuses = counts(facets.status.names, facets.status.column);
    result.with_type = sum(result.types);
    result.with_language = sum(result.languages);
    result.with_network = sum(result.networks);
    result.networks.resize(std::min(result.networks.size(), max_networks));
    for (std::size_t row = 0; row < f.size(); ++row) {
        result.with_genres += f.genres.of(row).empty() ? 0 : 1;
        result.with_terms += f.text.columns_of(row).empty() ? 0 : 1;
        if (const double rating = facets.rating[row]; rating >= 0) {
            ++result.with_rating;
            const auto half_points = static_cast<std::size_t>(rating * 2);
            ++result.ratings[std::min(half_points, result.ratings.size() - 1)];
        }
    }
    result.well_known = well_known(f, facets.rating);
    return result;
}

}  // namespace bingefriend
