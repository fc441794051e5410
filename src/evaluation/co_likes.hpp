// The co-like cosines of one item with all others.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluation/likes.hpp"

namespace bingefriend {

// One row of the matrix at a time, so that memory grows with the items and not with their pairs.
class CoLikes {
  public:
    explicit CoLikes(const Likes& likes) : likes_(likes), count_(likes.size()), cosine_(likes.size()) {}

    // The cosines of `item`. Calls visit(items of a user) for each user who likes the item.
    template <typename Visit>
    std::span<double> row(std::size_t item, Visit visit) {
        std::fill(count_.begin(), count_.end(), 0u);
        for (const std::uint32_t user : likes_.users_of(item)) {
            const auto liked = likes_.items_of(user);
            for (const std::uint32_t other : liked) {
                ++count_[other];
            }
            visit(liked);
        }
        count_[item] = 0;
        const auto users = static_cast<double>(likes_.users_of(item).size());
        for (std::size_t other = 0; other < likes_.size(); ++other) {
            cosine_[other] =
                count_[other] / std::sqrt(users * static_cast<double>(likes_.users_of(other).size()));
        }
        return cosine_;
    }
    std::span<double> row(std::size_t item) {
        return row(item, [](std::span<const std::uint32_t>) {});
    }

  private:
    const Likes& likes_;
    std::vector<std::uint32_t> count_;
    std::vector<double> cosine_;
};

// The first `n` items by cosine, then by number.
[[nodiscard]] std::vector<std::uint32_t> nearest(std::span<const double> cosines, std::size_t n);

// What pairs of items have in common because they are of one time.
class EraMeans {
  public:
    // years: per item. Cost: as all rows.
    EraMeans(const Likes& likes, std::span<const std::optional<double>> years, std::size_t threads);

    // Divides the cosines of `item` by the mean cosine of all pairs that are as many years apart.
    void divide(std::size_t item, std::span<double> cosines) const;

  private:
    static constexpr std::size_t max_gap = 40;  // longer ones count as this one
    static constexpr std::size_t unknown = max_gap + 1;

    [[nodiscard]] std::size_t gap(std::size_t a, std::size_t b) const noexcept;

    std::span<const std::optional<double>> years_;
    std::array<double, unknown + 1> mean_{};  // per gap; 1 if all its pairs have the cosine 0
};

}  // namespace bingefriend
