#include "similarity/top_list.hpp"

#include <gtest/gtest.h>

#include <random>

namespace bingefriend {
namespace {

TEST(TopList, keeps_the_same_entries_as_a_full_sort) {
    std::mt19937_64 random(4);
    for (const std::size_t capacity : {0u, 1u, 2u, 5u, 40u}) {
        std::vector<Recommendation> all;
        TopList top(capacity, 0.25);
        for (std::int64_t i = 0; i < 30; ++i) {
            const Recommendation r{
                ShowId{static_cast<std::int64_t>(random() % 100)}, static_cast<double>(random() % 5) / 4, {}};
            top.offer(r);
            if (r.score >= 0.25) {
                all.push_back(r);
            }
        }
        std::sort(all.begin(), all.end(), ranks_before);
        all.resize(std::min(all.size(), capacity));
        EXPECT_EQ(top.take(), all);
    }
}

TEST(TopList, is_empty_after_take) {
    TopList top(1, 0.1);
    top.offer({ShowId{1}, 0.9, {}});
    EXPECT_EQ(top.threshold(), 0.9);
    EXPECT_EQ(top.take().size(), 1u);
    EXPECT_EQ(top.threshold(), 0.1);
    top.offer({ShowId{2}, 0.2, {}});
    EXPECT_EQ(top.take().front().show, ShowId{2});
}

}  // namespace
}  // namespace bingefriend
