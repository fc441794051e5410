#include "evaluation/co_likes.hpp"

#include <algorithm>
#include <numeric>

#include "base/parallel.hpp"

namespace bingefriend {

std::vector<std::uint32_t> nearest(std::span<const double> cosines, std::size_t n) {
    std::vector<std::uint32_t> order(cosines.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(std::min(n, order.size()));
    std::partial_sort(order.begin(), middle, order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return cosines[a] != cosines[b] ? cosines[a] > cosines[b] : a < b;
    });
    order.erase(middle, order.end());
    return order;
}

EraMeans::EraMeans(const Likes& likes, std::span<const std::optional<double>> years, std::size_t threads)
    : years_(years) {
    struct Sums {
        std::array<double, unknown + 1> cosine{};
        std::array<std::uint32_t, unknown + 1> pairs{};
    };
    std::vector<Sums> rows(likes.size());  // added in order, for the same sums on any number of threads
    in_parallel<16>(likes.size(), threads, no_progress, [&] {
        return [&, co_likes = CoLikes(likes)](std::size_t begin, std::size_t end) mutable {
            for (std::size_t item = begin; item < end; ++item) {
                const std::span<const double> cosines = co_likes.row(item);
                for (std::size_t other = 0; other < likes.size(); ++other) {
                    if (other != item) {
                        const std::size_t years_apart = gap(item, other);
                        rows[item].cosine[years_apart] += cosines[other];
                        ++rows[item].pairs[years_apart];
                    }
                }
            }
        };
    });
    for (std::size_t i = 0; i < mean_.size(); ++i) {
        double cosine = 0;
        double pairs = 0;
        for (const Sums& row : rows) {
            cosine += row.cosine[i];
            pairs += row.pairs[i];
        }
        mean_[i] = cosine > 0 ? cosine / pairs : 1;
    }
}

void EraMeans::divide(std::size_t item, std::span<double> cosines) const {
    for (std::size_t other = 0; other < cosines.size(); ++other) {
        cosines[other] /= mean_[gap(item, other)];
    }
}

std::size_t EraMeans::gap(std::size_t a, std::size_t b) const noexcept {
    if (!years_[a] || !years_[b]) {
        return unknown;
    }
    return static_cast<std::size_t>(std::min(std::abs(*years_[a] - *years_[b]), double{max_gap}));
}

}  // namespace bingefriend
