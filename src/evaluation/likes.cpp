#include "evaluation/likes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace bingefriend {

Likes::Likes(std::vector<Like> pairs, std::span<const ShowId> shows, std::size_t min_raters) {
    const auto by_show = [](const Like& a, const Like& b) {
        return a.show != b.show ? a.show < b.show : a.user < b.user;
    };
    std::sort(pairs.begin(), pairs.end(), by_show);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());

    std::size_t last_user = 0;
    for (const Like& like : pairs) {
        last_user = std::max<std::size_t>(last_user, like.user);
    }
    std::vector<bool> has_likes(last_user + 1);
    for (const Like& like : pairs) {
        users_ += has_likes[like.user] ? 0 : 1;
        has_likes[like.user] = true;
    }

    user_start_.assign(last_user + 2, 0);
    for (auto first = pairs.begin(); first != pairs.end();) {
        const auto end =
            std::find_if(first, pairs.end(), [&](const Like& like) { return like.show != first->show; });
        if (static_cast<std::size_t>(end - first) >= min_raters) {
            rows_.push_back(first->show);
            ids_.push_back(shows[first->show]);
            for (auto like = first; like != end; ++like) {
                user_of_.push_back(like->user);
                ++user_start_[like->user + 1];
            }
            item_start_.push_back(user_of_.size());
        }
        first = end;
    }

    for (std::size_t user = 0; user <= last_user; ++user) {
        user_start_[user + 1] += user_start_[user];
    }
    item_of_.resize(user_of_.size());
    std::vector<std::size_t> next(user_start_.begin(), user_start_.end() - 1);
    for (std::size_t item = 0; item < size(); ++item) {
        for (const std::uint32_t user : users_of(item)) {
            item_of_[next[user]++] = static_cast<std::uint32_t>(item);
        }
    }
    check_size(min_raters);
}

void Likes::check_size(std::size_t min_raters) const {
    if (size() < 2) {
        throw Error(ErrorKind::input, fmt::format("no two shows are liked by {} users", min_raters), "",
                    "lower --min-raters or --like");
    }
    double steps = static_cast<double>(size()) * static_cast<double>(size());
    for (std::size_t user = 0; user + 1 < user_start_.size(); ++user) {
        const auto liked = static_cast<double>(items_of(user).size());
        steps += liked * liked;
    }
    if (steps > max_steps) {
        throw Error(ErrorKind::input,
                    fmt::format("{} items and {} likes are too many to compare", size(), total()), "",
                    "raise --min-raters, or give the ratings of fewer users");
    }
}

}  // namespace bingefriend
