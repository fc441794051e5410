#include "edition/cache.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace bingefriend {
namespace {

using TextCache = Cache<std::string, std::string_view, std::string>;

void put(TextCache& cache, const std::string& key, std::string value) {
    const std::size_t bytes = key.size() + value.size();
    cache.put(key, std::make_shared<const std::string>(std::move(value)), bytes);
}

TEST(TheCache, returns_the_last_value_of_a_key_and_counts_lookups) {
    TextCache cache(1u << 20);
    put(cache, "a", "one");
    EXPECT_EQ(*cache.find("a"), "one");
    EXPECT_EQ(cache.find("b"), nullptr);
    put(cache, "a", "two");
    EXPECT_EQ(*cache.find("a"), "two");
    EXPECT_EQ(cache.count().entries, 1u);
    EXPECT_EQ(cache.count().hits, 2u);
    EXPECT_EQ(cache.count().misses, 1u);
}

TEST(TheCache, goes_on_counting_the_lookups_of_another) {
    const auto lookups = std::make_shared<CacheLookups>();
    for (int i = 0; i < 2; ++i) {
        TextCache cache(1u << 20, lookups);
        put(cache, "a", "one");
        (void)cache.find("a");
    }
    EXPECT_EQ(TextCache(1u << 20, lookups).count().hits, 2u);
}

TEST(TheCache, stays_within_its_budget_and_evicts_what_is_used_least) {
    constexpr std::size_t budget = 200'000;
    TextCache cache(budget);
    put(cache, "wanted", std::string(1'000, 'w'));
    for (int i = 0; i < 1'000; ++i) {
        put(cache, "other " + std::to_string(i), std::string(1'000, 'o'));
        ASSERT_NE(cache.find("wanted"), nullptr) << i;
        ASSERT_LE(cache.count().bytes, budget);
    }
    EXPECT_LT(cache.count().entries, 200u);
    EXPECT_EQ(cache.find("other 0"), nullptr);
    put(cache, "huge", std::string(budget, 'h'));
    EXPECT_EQ(cache.find("huge"), nullptr) << "what does not fit drives nothing out";
    EXPECT_NE(cache.find("wanted"), nullptr);
}

TEST(TheCache, stores_nothing_without_a_budget) {
    TextCache cache(0);
    put(cache, "a", "one");
    EXPECT_EQ(cache.find("a"), nullptr);
}

TEST(TheCache, is_thread_safe) {
    TextCache cache(50'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 100);
                if (const auto kept = cache.find(key)) {
                    ASSERT_EQ(*kept, key);
                } else {
                    put(cache, key, key);
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
