#include "query/live_catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/error.hpp"
#include "features/features.hpp"
#include "packed/packed_features.hpp"
#include "similarity/part_functions.hpp"

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

[[noreturn]] void refuse_features(const std::string& why) {
    throw Error(ErrorKind::input, "the stored features are not those that the lists were made from", why,
                "publish again with `bingefriend pipeline`");
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

// The columns of names, found by the folded name.
class FoldedNames {
  public:
    explicit FoldedNames(const std::vector<std::string>& names);

    // By column: not 0 where it is one of the names; the columns of no name are not marked.
    [[nodiscard]] std::vector<std::uint8_t> marked(const std::vector<std::string>& names) const;

  private:
    std::size_t columns_;
    std::unordered_multimap<std::string, std::size_t> column_of_;
};

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

}  // namespace

RowsOfShows::RowsOfShows(std::span<const ShowId> shows) : shows_(shows) {
    if (shows.empty()) {
        return;
    }
    least_ = to_number(shows.front());
    while (bucket_of(shows.back()) >= 2 * shows.size()) {
        ++shift_;
    }
    first_row_.reserve(bucket_of(shows.back()) + 2);
    for (std::size_t row = 0; row < shows.size(); ++row) {
        first_row_.resize(std::max(first_row_.size(), bucket_of(shows[row]) + 1),
                          static_cast<std::uint32_t>(row));
    }
    first_row_.push_back(static_cast<std::uint32_t>(shows.size()));
}

std::optional<std::size_t> RowsOfShows::find(ShowId show) const {
    if (shows_.empty() || show < shows_.front() || show > shows_.back()) {
        return {};
    }
    const std::size_t bucket = bucket_of(show);
    const auto begin = shows_.begin() + first_row_[bucket];
    const auto end = shows_.begin() + first_row_[bucket + 1];
    const auto at = std::lower_bound(begin, end, show);
    return at == end || *at != show ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(at - shows_.begin()));
}

struct LiveCatalogue::Arranged {
    explicit Arranged(const StoredFeatures& stored)
        : index(stored.features),
          genres(stored.features.genres.names),
          types(stored.features.type.names),
          languages(stored.facets.language.names),
          networks(stored.facets.network.names),
          statuses(stored.facets.status.names) {}

    QuestionIndex index;
    FoldedNames genres;
    FoldedNames types;
    FoldedNames languages;
    FoldedNames networks;
    FoldedNames statuses;
};

LiveCatalogue::LiveCatalogue(std::int64_t generation, StoredFeatures stored)
    : generation_(generation),
      stored_(std::move(stored)),
      rows_(stored_.features.ids),
      usual_language_(name_of_most(stored_.facets.language)) {}

LiveCatalogue::~LiveCatalogue() = default;

const LiveCatalogue::Arranged& LiveCatalogue::arranged() const {
    std::call_once(arranging_, [&] { arranged_ = std::make_unique<const Arranged>(stored_); });
    return *arranged_;
}

const QuestionIndex& LiveCatalogue::index() const {
    return arranged().index;
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
    const Arranged& by_name = arranged();
    keep(filter.genres, by_name.genres, f.genres);
    keep(filter.types, by_name.types, f.type);
    keep(filter.languages, by_name.languages, facets.language);
    keep(filter.networks, by_name.networks, facets.network);
    keep(filter.statuses, by_name.statuses, facets.status);
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

void require_same_features(const LiveCatalogue& catalogue, ShowId show, std::span<const Recommendation> list,
                           std::size_t pairs) {
    const auto row_of = [&](ShowId wanted) {
        const std::optional<std::size_t> row = catalogue.row_of(wanted);
        if (!row) {
            refuse_features(fmt::format("they have no show {}", to_number(wanted)));
        }
        return *row;
    };
    const std::size_t row = row_of(show);
    for (const Recommendation& entry : list) {
        (void)row_of(entry.show);
    }
    for (const Recommendation& entry : list.last(std::min(pairs, list.size()))) {
        for (const PartDefinition& d : all_parts) {
            const bool listed = d.always_shown || entry.parts[d.part] != 0;
            if (listed &&
                entry.parts[d.part] != part_of_pair(d.part, catalogue.features(), row, row_of(entry.show))) {
                refuse_features(fmt::format("show {} has another list", to_number(show)));
            }
        }
    }
}

void require_features_of_lists(const LiveCatalogue& catalogue, PublishedReader& reader) {
    constexpr std::size_t entries = 20;
    const std::vector<ShowId>& ids = catalogue.features().ids;
    const std::size_t count = std::min(ids.size(), PublishedReader::most_lists);
    std::vector<ShowId> some;
    for (std::size_t i = 0; i < count; ++i) {
        some.push_back(ids[i * ids.size() / count]);
    }
    const std::vector<ExplainedList> lists =
        some.empty() ? std::vector<ExplainedList>() : reader.lists(some, entries);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (lists[i].generation == catalogue.generation()) {
            require_same_features(catalogue, some[i], lists[i].entries, entries);
        }
    }
}

std::shared_ptr<const LiveCatalogue> LiveCatalogues::of(const Generation& generation,
                                                        PublishedReader& reader) {
    const std::lock_guard lock(mutex_);
    return held_or_read(generation, reader);
}

std::shared_ptr<const LiveCatalogue> LiveCatalogues::of(std::int64_t generation, PublishedReader& reader) {
    const std::lock_guard lock(mutex_);
    if (held_ && held_->generation() == generation) {
        return held_;
    }
    if (unusable_ && unusable_->number == generation) {
        return nullptr;
    }
    const std::optional<Generation> current = reader.current();
    return held_or_read(
        current && current->number == generation ? *current : Generation{.number = generation}, reader);
}

std::shared_ptr<const LiveCatalogue> LiveCatalogues::held_or_read(const Generation& generation,
                                                                  PublishedReader& reader) {
    if (held_ && same_generation(generation_, generation)) {
        return held_;
    }
    if (unusable_ && same_generation(*unusable_, generation)) {
        return nullptr;
    }
    std::int64_t part = 0;
    std::string first = reader.packed_features(generation.number, part);
    if (first.empty()) {
        return nullptr;
    }
    try {
        auto catalogue = std::make_shared<const LiveCatalogue>(
            generation.number, unpacked([&] {
                return part++ == 0 ? std::move(first) : reader.packed_features(generation.number, part - 1);
            }));
        require_features_of_lists(*catalogue, reader);
        held_ = std::move(catalogue);
        generation_ = generation;
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::input || error.kind() == ErrorKind::damaged) {
            unusable_ = generation;
        }
        throw;
    }
    return held_;
}

}  // namespace bingefriend
