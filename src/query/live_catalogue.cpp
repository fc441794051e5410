#include "query/live_catalogue.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "artifacts/packed_features.hpp"
#include "domain/error.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

// Takes the shows out that have none of the marked columns.
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

std::string name_in(const Categories& categories, std::size_t row) {
    const std::int32_t column = categories.column[row];
    return column == Categories::none ? std::string() : categories.names[static_cast<std::size_t>(column)];
}

std::string name_of_most(const Categories& categories) {
    std::vector<std::size_t> count(categories.names.size());
    for (const std::int32_t column : categories.column) {
        if (column != Categories::none &&
            ++count[static_cast<std::size_t>(column)] > categories.column.size() / 2) {
            return categories.names[static_cast<std::size_t>(column)];
        }
    }
    return {};
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

LiveCatalogue::LiveCatalogue(const Generation& generation, StoredFeatures stored)
    : generation_(generation.number),
      weights_(generation.ranking.weights),
      stored_(std::move(stored)),
      index_(stored_.features),
      genres_(stored_.features.genres.names),
      types_(stored_.features.type.names),
      languages_(stored_.facets.language.names),
      networks_(stored_.facets.network.names),
      statuses_(stored_.facets.status.names),
      usual_language_(name_of_most(stored_.facets.language)) {}

ExplainedShow LiveCatalogue::explained(std::size_t row) const {
    return {feature_row(stored_.features, row), name_in(stored_.facets.network, row),
            name_in(stored_.facets.language, row)};
}

std::optional<std::size_t> LiveCatalogue::row_of(ShowId show) const {
    const std::vector<ShowId>& ids = stored_.features.ids;
    const auto at = std::lower_bound(ids.begin(), ids.end(), show);
    return at == ids.end() || *at != show ? std::nullopt
                                          : std::optional(static_cast<std::size_t>(at - ids.begin()));
}

std::vector<std::uint8_t> LiveCatalogue::allowed(const QueryFilter& filter) const {
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
            if (!(facets.rating[row] >= *filter.min_rating)) {  // nor where there is none
                allowed[row] = 0;
            }
        }
    }
    for (const ShowId show : filter.exclude) {
        if (const std::optional<std::size_t> row = row_of(show)) {
            allowed[*row] = 0;
        }
    }
    return allowed;
}

std::shared_ptr<const LiveCatalogue> LiveCatalogues::find(PublishedReader& reader) {
    const std::optional<Generation> published = reader.current();
    if (!published) {
        return nullptr;
    }
    const std::lock_guard lock(mutex_);
    if (held_ && held_->generation() == published->number) {
        return held_;
    }
    const std::string bytes = reader.packed_features(published->number);
    if (bytes.empty()) {
        return nullptr;
    }
    held_ = std::make_shared<const LiveCatalogue>(*published, unpacked(bytes));
    return held_;
}

std::shared_ptr<const LiveCatalogue> LiveCatalogues::current(PublishedReader& reader) {
    std::shared_ptr<const LiveCatalogue> found = find(reader);
    if (!found) {
        throw Error(
            ErrorKind::unavailable,
            reader.current() ? "the published generation carries no features" : "nothing is published yet",
            "", "publish with `bingefriend pipeline`");
    }
    return found;
}

}  // namespace bingefriend
