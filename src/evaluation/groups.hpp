// Groups of items whose measures are reported apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/show.hpp"
#include "evaluation/likes.hpp"
#include "evaluation/lists.hpp"

namespace bingefriend {

struct ItemGroup {
    std::string by;    // "likes", "text", "decade", "type"
    std::string name;  // "popular half", "with text", "1990s", "Movie"
    std::vector<std::uint32_t> items;
};

inline constexpr std::size_t min_group = 20;  // smaller groups are left out

// The popular and the rare half, with and without text, each decade of premiere and each type.
// years: per item. REQUIRES: the rows of `likes` are those of the catalogue.
[[nodiscard]] std::vector<ItemGroup> item_groups(const Likes& likes, const Catalogue& catalogue,
                                                 const Years& years);

}  // namespace bingefriend
