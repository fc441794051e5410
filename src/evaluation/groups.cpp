#include "evaluation/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

namespace bingefriend {
namespace {

using Groups = std::vector<ItemGroup>;

void add_halves(Groups& groups, const Likes& likes) {
    std::vector<std::uint32_t> order(likes.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return likes.users_of(a).size() > likes.users_of(b).size();
    });
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>((order.size() + 1) / 2);
    groups.push_back({"likes", "popular half", {order.begin(), middle}});
    groups.push_back({"likes", "rare half", {middle, order.end()}});
}

// Groups the items by a name, in name order.
template <typename NameOf>
void add_by_name(Groups& groups, std::string_view by, const Likes& likes, NameOf name_of) {
    std::map<std::string, std::vector<std::uint32_t>> items;
    for (std::uint32_t item = 0; item < likes.size(); ++item) {
        items[name_of(item)].push_back(item);
    }
    for (auto& [name, members] : items) {
        groups.push_back({std::string(by), name, std::move(members)});
    }
}

std::string decade_of(std::optional<double> year) {
    return year ? fmt::format("{:.0f}0s", std::floor(*year / 10)) : "no year";
}

}  // namespace

std::vector<ItemGroup> item_groups(const Likes& likes, const Catalogue& catalogue, const Years& years) {
    Groups groups;
    add_halves(groups, likes);
    add_by_name(groups, "text", likes, [&](std::uint32_t item) {
        return std::string(catalogue.shows[likes.rows()[item]].summary_text.empty() ? "without text"
                                                                                    : "with text");
    });
    add_by_name(groups, "decade", likes, [&](std::uint32_t item) { return decade_of(years[item]); });
    add_by_name(groups, "type", likes, [&](std::uint32_t item) {
        const std::string& type = catalogue.shows[likes.rows()[item]].type;
        return type.empty() ? std::string("no type") : type;
    });
    std::erase_if(groups, [](const ItemGroup& group) { return group.items.size() < min_group; });
    return groups;
}

}  // namespace bingefriend
