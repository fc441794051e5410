#include "serve/generation_cache.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bingefriend {
namespace {

using Cache = GenerationCache<std::string, std::string_view, std::string>;

void keep(Cache& cache, const std::string& key, std::int64_t generation, std::string value) {
    const std::size_t bytes = key.size() + value.size();
    cache.keep(key, generation, std::make_shared<const std::string>(std::move(value)), bytes);
}

TEST(GenerationCache, gives_what_it_keeps_of_the_generation_asked_for) {
    Cache cache(1u << 20);
    keep(cache, "a", 1, "one");
    EXPECT_EQ(*cache.find("a", 1), "one");
    EXPECT_EQ(cache.find("a", 2), nullptr);
    EXPECT_EQ(cache.find("b", 1), nullptr);
    keep(cache, "a", 2, "two");
    EXPECT_EQ(*cache.find("a", 2), "two");
    EXPECT_EQ(cache.count().entries, 1u);
    EXPECT_EQ(cache.count().hits, 2u);
    EXPECT_EQ(cache.count().misses, 2u);
}

TEST(GenerationCache, stays_within_its_budget_and_forgets_what_is_used_least) {
    constexpr std::size_t budget = 200'000;
    Cache cache(budget);
    keep(cache, "wanted", 1, std::string(1'000, 'w'));
    for (int i = 0; i < 1'000; ++i) {
        keep(cache, "other " + std::to_string(i), 1, std::string(1'000, 'o'));
        ASSERT_NE(cache.find("wanted", 1), nullptr) << i;
        ASSERT_LE(cache.count().bytes, budget);
    }
    EXPECT_LT(cache.count().entries, 200u);
    EXPECT_EQ(cache.find("other 0", 1), nullptr);
    keep(cache, "huge", 1, std::string(budget, 'h'));
    EXPECT_EQ(cache.find("huge", 1), nullptr) << "what does not fit drives nothing out";
    EXPECT_NE(cache.find("wanted", 1), nullptr);
}

TEST(GenerationCache, keeps_nothing_without_a_budget) {
    Cache cache(0);
    keep(cache, "a", 1, "one");
    EXPECT_EQ(cache.find("a", 1), nullptr);
}

TEST(GenerationCache, is_used_by_several_threads) {
    Cache cache(50'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 100);
                if (const auto kept = cache.find(key, 1)) {
                    ASSERT_EQ(*kept, key);
                } else {
                    keep(cache, key, 1, key);
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

}  // namespace
}  // namespace bingefriend
