#include "evaluation/lists.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "evaluation/random.hpp"

namespace bingefriend {
namespace {

std::uint32_t to_item(std::size_t number) {
    return static_cast<std::uint32_t>(number);
}

}  // namespace

void ShowLists::add(ShowId show, std::span<const ShowId> list) {
    shows.push_back(show);
    entries.insert(entries.end(), list.begin(), list.end());
    start.push_back(entries.size());
}

std::size_t ShowLists::depth() const noexcept {
    std::size_t depth = 0;
    for (std::size_t row = 0; row < size(); ++row) {
        depth = std::max(depth, of(row).size());
    }
    return depth;
}

ItemLists item_lists(std::string name, const ShowLists& lists, std::span<const ShowId> ids,
                     std::size_t length) {
    ItemLists result{.name = std::move(name)};
    std::vector<std::size_t> listed_for(ids.size(), ids.size());  // the item whose list has it already
    for (std::size_t item = 0; item < ids.size(); ++item) {
        const auto at = std::lower_bound(lists.shows.begin(), lists.shows.end(), ids[item]);
        if (at != lists.shows.end() && *at == ids[item]) {
            std::size_t left = length;
            listed_for[item] = item;
            for (const ShowId show : lists.of(static_cast<std::size_t>(at - lists.shows.begin()))) {
                const auto other = std::lower_bound(ids.begin(), ids.end(), show);
                if (left == 0 || other == ids.end() || *other != show) {
                    continue;
                }
                const auto number = static_cast<std::size_t>(other - ids.begin());
                if (std::exchange(listed_for[number], item) != item) {
                    result.entries.push_back(to_item(number));
                    --left;
                }
            }
        }
        result.start.push_back(result.entries.size());
    }
    return result;
}

ItemLists popular_lists(const Likes& likes, std::size_t length) {
    std::vector<std::uint32_t> order(likes.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return likes.users_of(a).size() > likes.users_of(b).size();
    });
    ItemLists result{.name = "popular"};
    for (std::size_t item = 0; item < likes.size(); ++item) {
        std::size_t left = length;
        for (const std::uint32_t other : order) {
            if (left == 0) {
                break;
            }
            if (other != item) {
                result.entries.push_back(other);
                --left;
            }
        }
        result.start.push_back(result.entries.size());
    }
    return result;
}

ItemLists random_lists(const Likes& likes, std::size_t length) {
    ItemLists result{.name = "random"};
    Random random(0);
    const std::size_t wanted = std::min(length, likes.size() - 1);
    for (std::size_t item = 0; item < likes.size(); ++item) {
        const auto begin = static_cast<std::ptrdiff_t>(result.entries.size());
        for (std::size_t listed = 0; listed < wanted;) {
            const std::uint32_t other = to_item(random.below(likes.size()));
            const auto first = result.entries.begin() + begin;
            if (other != item && std::find(first, result.entries.end(), other) == result.entries.end()) {
                result.entries.push_back(other);
                ++listed;
            }
        }
        result.start.push_back(result.entries.size());
    }
    return result;
}

}  // namespace bingefriend
