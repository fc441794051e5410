// The lists that an evaluation compares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/recommendation.hpp"
#include "domain/show.hpp"
#include "evaluation/likes.hpp"

namespace bingefriend {

// Years of premiere; none if unknown.
using Years = std::vector<std::optional<double>>;

// The lists of a catalogue, best first, without scores.
struct ShowLists {
    std::vector<ShowId> shows;  // ascending
    std::vector<std::size_t> start{0};
    std::vector<ShowId> entries;

    [[nodiscard]] std::size_t size() const noexcept { return shows.size(); }
    [[nodiscard]] std::span<const ShowId> of(std::size_t row) const noexcept {
        return std::span(entries).subspan(start[row], start[row + 1] - start[row]);
    }
    // REQUIRES: shows are added in ascending order.
    void add(ShowId show, std::span<const ShowId> list);
    [[nodiscard]] std::size_t depth() const noexcept;  // length of the longest list
};

// For each item a list of other items.
struct ItemLists {
    std::string name;
    std::vector<std::size_t> start{0};
    std::vector<std::uint32_t> entries;

    [[nodiscard]] std::size_t size() const noexcept { return start.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t item) const noexcept {
        return std::span(entries).subspan(start[item], start[item + 1] - start[item]);
    }
};

// Each item's list, cut to its first `length` items. Shows that are not items, the item itself and repeated
// entries are left out.
// REQUIRES: ids ascend.
[[nodiscard]] ItemLists item_lists(std::string name, const ShowLists& lists, std::span<const ShowId> ids,
                                   std::size_t length);

// For scale: the same most liked items in every list; random items in every list (the same on every machine).
[[nodiscard]] ItemLists popular_lists(const Likes& likes, std::size_t length);
[[nodiscard]] ItemLists random_lists(const Likes& likes, std::size_t length);

}  // namespace bingefriend
