// Who likes what: users and the items of an evaluation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/show.hpp"

namespace bingefriend {

struct Like {
    std::uint32_t user = 0;
    std::uint32_t show = 0;  // row of a catalogue

    friend auto operator<=>(const Like&, const Like&) = default;
};

// Items are the shows that enough users like, in ascending id order, numbered from 0.
class Likes {
  public:
    // `pairs`: in any order; repeated ones count once. `shows`: the ids of the rows, ascending.
    // Throws Error{input} if no two shows are liked by `min_raters` users, or if comparing all items would
    // take more than max_steps.
    Likes(std::vector<Like> pairs, std::span<const ShowId> shows, std::size_t min_raters);

    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    [[nodiscard]] std::size_t users() const noexcept { return users_; }  // who like any show
    [[nodiscard]] std::size_t total() const noexcept { return item_of_.size(); }

    [[nodiscard]] std::span<const std::uint32_t> rows() const noexcept { return rows_; }  // ascending
    [[nodiscard]] std::span<const ShowId> ids() const noexcept { return ids_; }

    [[nodiscard]] std::span<const std::uint32_t> users_of(std::size_t item) const noexcept {
        return std::span(user_of_).subspan(item_start_[item], item_start_[item + 1] - item_start_[item]);
    }
    [[nodiscard]] std::span<const std::uint32_t> items_of(std::size_t user) const noexcept {
        return std::span(item_of_).subspan(user_start_[user], user_start_[user + 1] - user_start_[user]);
    }

    static constexpr double max_steps = 5e11;  // about 10 min on one thread

  private:
    void check_size(std::size_t min_raters) const;

    std::size_t users_ = 0;
    std::vector<std::uint32_t> rows_;
    std::vector<ShowId> ids_;
    std::vector<std::size_t> item_start_{0};
    std::vector<std::uint32_t> user_of_;
    std::vector<std::size_t> user_start_;
    std::vector<std::uint32_t> item_of_;
};

}  // namespace bingefriend
