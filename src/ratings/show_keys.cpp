#include "ratings/show_keys.hpp"

#include "base/numbers.hpp"

namespace bingefriend {
namespace {

template <typename Map, typename Key>
std::optional<std::size_t> row_in(const Map& map, const Key& key) {
    const auto at = map.find(key);
    return at == map.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace

ShowKeys::ShowKeys(const Catalogue& catalogue, std::span<const std::size_t> rows) {
    for (const std::size_t row : rows) {
        const Show& show = catalogue.shows[row];
        ids_.emplace(to_number(show.id), row);
        if (!show.links.imdb.empty()) {
            imdb_.emplace(show.links.imdb, row);
        }
        if (show.links.thetvdb != 0) {
            thetvdb_.emplace(show.links.thetvdb, row);
        }
    }
}

std::optional<std::size_t> ShowKeys::find(std::string_view key) const {
    constexpr std::string_view imdb = "imdb:";
    constexpr std::string_view thetvdb = "thetvdb:";
    if (key.starts_with(imdb)) {
        return row_in(imdb_, std::string(key.substr(imdb.size())));
    }
    const bool of_thetvdb = key.starts_with(thetvdb);
    const auto number = parse_number<std::int64_t>(of_thetvdb ? key.substr(thetvdb.size()) : key);
    return number ? row_in(of_thetvdb ? thetvdb_ : ids_, *number) : std::nullopt;
}

}  // namespace bingefriend
