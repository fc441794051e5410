#include "edition/filter_index.hpp"

#include <algorithm>

#include "features/features.hpp"

namespace bingefriend {
namespace {

// Removes the shows that have none of the marked columns.
void keep_marked(const Categories& categories, const std::vector<std::uint8_t>& marked,
                 std::vector<std::uint8_t>& allowed) {
    for (std::size_t row = 0; row < allowed.size(); ++row) {
        const std::int32_t column = categories.column[row];
        if (column == Categories::none || marked[static_cast<std::size_t>(column)] == 0) {
            allowed[row] = 0;
        }
    }
}

void keep_marked(const GenreSets& genres, const std::vector<std::uint8_t>& marked,
                 std::vector<std::uint8_t>& allowed) {
    for (std::size_t row = 0; row < allowed.size(); ++row) {
        const auto of_row = genres.of(row);
        const bool any = std::any_of(of_row.begin(), of_row.end(), [&](std::int32_t column) {
            return marked[static_cast<std::size_t>(column)] != 0;
        });
        if (!any) {
            allowed[row] = 0;
        }
    }
}

}  // namespace

FoldedNames::FoldedNames(const std::vector<std::string>& names) : columns_(names.size()) {
    for (std::size_t column = 0; column < names.size(); ++column) {
        column_of_.emplace(folded(names[column]), column);
    }
}

std::vector<std::uint8_t> FoldedNames::marked(const std::vector<std::string>& names) const {
    std::vector<std::uint8_t> marks(columns_);
    for (const std::string& name : names) {
        for (auto [at, end] = column_of_.equal_range(folded(name)); at != end; ++at) {
            marks[at->second] = 1;
        }
    }
    return marks;
}

FilterIndex::FilterIndex(const StoredFeatures& stored)
    : stored_(stored),
      genres_(stored.features.genres.names),
      types_(stored.features.type.names),
      languages_(stored.facets.language.names),
      networks_(stored.facets.network.names),
      statuses_(stored.facets.status.names) {}

std::vector<std::uint8_t> FilterIndex::allowed(const QueryFilter& filter) const {
    const Features& f = stored_.features;
    const Facets& facets = stored_.facets;
    std::vector<std::uint8_t> allowed(f.size(), 1);
    const auto keep = [&](const std::vector<std::string>& names, const FoldedNames& known,
                          const auto& of_shows) {
        if (!names.empty()) {
            keep_marked(of_shows, known.marked(names), allowed);
        }
    };
    keep(filter.genres, genres_, f.genres);
    keep(filter.types, types_, f.type);
    keep(filter.languages, languages_, facets.language);
    keep(filter.networks, networks_, facets.network);
    keep(filter.statuses, statuses_, facets.status);
    if (filter.min_rating) {
        for (std::size_t row = 0; row < allowed.size(); ++row) {
            if (!(facets.rating[row] >= *filter.min_rating)) {  // also if there is none
                allowed[row] = 0;
            }
        }
    }
    return allowed;
}

}  // namespace bingefriend
