#include "evaluation/groups.hpp"

#include <algorithm>
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
        items[name_of(likes.rows()[item])].push_back(item);
    }
    for (auto& [name, members] : items) {
        groups.push_back({std::string(by), name, std::move(members)});
    }
}

std::string decade_of(const Show& show) {
    return show.premiered.size() < 4 ? "no year" : show.premiered.substr(0, 3) + "0s";
}

}  // namespace

std::vector<ItemGroup> item_groups(const Likes& likes, const Catalogue& catalogue) {
    Groups groups;
    add_halves(groups, likes);
    add_by_name(groups, "text", likes, [&](std::uint32_t row) {
        return std::string(catalogue.shows[row].summary_text.empty() ? "without text" : "with text");
    });
    add_by_name(groups, "decade", likes, [&](std::uint32_t row) { return decade_of(catalogue.shows[row]); });
    add_by_name(groups, "type", likes, [&](std::uint32_t row) {
        const std::string& type = catalogue.shows[row].type;
        return type.empty() ? std::string("no type") : type;
    });
    std::erase_if(groups, [](const ItemGroup& group) { return group.items.size() < min_group; });
    return groups;
}

}  // namespace bingefriend
