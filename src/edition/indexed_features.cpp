#include "edition/indexed_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "packed/packed_features.hpp"
#include "similarity/part_functions.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void refuse_features(const std::string& why) {
    throw Error(ErrorKind::input, "the stored features are not those that the lists were made from", why,
                "publish again with `bingefriend pipeline`");
}

std::string majority_of(const Categories& categories) {
    std::vector<std::size_t> count(categories.names.size());
    for (const std::int32_t column : categories.column) {
        if (column != Categories::none &&
            ++count[static_cast<std::size_t>(column)] > categories.column.size() / 2) {
            return categories.names[static_cast<std::size_t>(column)];
        }
    }
    return {};
}

// Compares some of the generation's lists.
void require_features_of_lists(const IndexedFeatures& features, PublishedReader& reader,
                               std::int64_t generation) {
    constexpr std::size_t entries = 20;
    const std::vector<ShowId>& ids = features.features().ids;
    const std::size_t count = std::min(ids.size(), PublishedReader::max_lists);
    if (count == 0) {
        return;
    }
    std::vector<ShowId> some;
    for (std::size_t i = 0; i < count; ++i) {
        some.push_back(ids[i * ids.size() / count]);
    }
    const auto lists = reader.lists(generation, some, entries);
    for (std::size_t i = 0; i < lists.size(); ++i) {
        require_same_features(features, some[i], lists[i], entries);
    }
}

}  // namespace

IndexedFeatures::IndexedFeatures(StoredFeatures stored)
    : stored_(std::move(stored)),
      rows_(stored_.features.ids),
      majority_language_(majority_of(stored_.facets.language)),
      index_(stored_.features),
      filters_(stored_) {}

std::vector<std::uint8_t> IndexedFeatures::allowed(const QueryFilter& filter) const {
    std::vector<std::uint8_t> allowed = filters_.allowed(filter);
    for (const ShowId show : filter.exclude) {
        if (const std::optional<std::size_t> row = row_of(show)) {
            allowed[*row] = 0;
        }
    }
    return allowed;
}

std::unique_ptr<const IndexedFeatures> read_features(PublishedReader& reader, std::int64_t generation) {
    const PublishedReader::NextChunk next_chunk = reader.packed_features(generation);
    std::string first = next_chunk();
    if (first.empty()) {
        return nullptr;
    }
    auto features = std::make_unique<const IndexedFeatures>(
        unpacked([&] { return first.empty() ? next_chunk() : std::exchange(first, {}); }));
    require_features_of_lists(*features, reader, generation);
    return features;
}

void require_same_features(const IndexedFeatures& features, ShowId show, std::span<const Recommendation> list,
                           std::size_t pairs) {
    const auto row_of = [&](ShowId wanted) {
        const std::optional<std::size_t> row = features.row_of(wanted);
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
                entry.parts[d.part] != part_of_pair(d.part, features.features(), row, row_of(entry.show))) {
                refuse_features(fmt::format("show {} has another list", to_number(show)));
            }
        }
    }
}

}  // namespace bingefriend
