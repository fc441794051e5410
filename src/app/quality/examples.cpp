#include "app/quality/examples.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "features/features.hpp"

namespace bingefriend {
namespace {

NamedShow named(const Show& show) {
    return {show.id, show.premiered.size() < 4
                         ? show.name
                         : fmt::format("{} ({})", show.name, show.premiered.substr(0, 4))};
}

// The only one of the rows with this id or name.
std::size_t find_row(const Catalogue& catalogue, std::span<const std::size_t> rows, const std::string& text) {
    const auto id = parse_number<std::int64_t>(text);
    const std::vector<std::string> words = name_words(text);
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const Show& show = catalogue.shows[rows[at]];
        if (id && to_number(show.id) == *id) {
            return at;
        }
        if (!show.name.empty() && name_words(show.name) == words) {
            found.push_back(at);
        }
    }
    if (found.empty()) {
        throw Error(ErrorKind::input, "no show has this id or name", text, "give the whole name, or the id");
    }
    if (found.size() > 1) {
        std::vector<std::int64_t> ids;
        for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 10); ++i) {
            ids.push_back(to_number(catalogue.shows[rows[found[i]]].id));
        }
        throw Error(ErrorKind::input, "several shows have this name", text,
                    fmt::format("give one of the ids {}", fmt::join(ids, ", ")));
    }
    return found.front();
}

}  // namespace

std::vector<Example> examples(const Catalogue& catalogue, std::span<const std::size_t> rows,
                              std::span<const std::string> shows, std::span<const ItemLists> sets,
                              std::size_t length) {
    std::vector<Example> result;
    for (const std::string& text : shows) {
        const std::size_t at = find_row(catalogue, rows, text);
        Example& example = result.emplace_back(Example{.show = named(catalogue.shows[rows[at]])});
        for (const ItemLists& set : sets) {
            const auto list = set.of(at);
            std::vector<NamedShow>& names = example.lists.emplace_back();
            for (const std::uint32_t entry : list.first(std::min(list.size(), length))) {
                names.push_back(named(catalogue.shows[rows[entry]]));
            }
        }
    }
    return result;
}

}  // namespace bingefriend
