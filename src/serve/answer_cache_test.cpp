#include "serve/answer_cache.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace bingefriend {
namespace {

KeptAnswer answer(std::int64_t generation, std::string body) {
    return {generation, 200, std::make_shared<const std::string>(std::move(body))};
}

TEST(AnswerCache, gives_what_it_keeps_of_the_generation_asked_for) {
    AnswerCache cache(1u << 20);
    cache.keep("a", answer(1, "one"));
    EXPECT_EQ(*cache.find("a", 1).body, "one");
    EXPECT_EQ(cache.find("a", 2).body, nullptr);
    EXPECT_EQ(cache.find("b", 1).body, nullptr);
    cache.keep("a", answer(2, "two"));
    EXPECT_EQ(*cache.find("a", 2).body, "two");
    EXPECT_EQ(cache.count().entries, 1u);
    EXPECT_EQ(cache.count().hits, 2u);
    EXPECT_EQ(cache.count().misses, 2u);
}

TEST(AnswerCache, stays_within_its_budget_and_forgets_what_is_used_least) {
    constexpr std::size_t budget = 200'000;
    AnswerCache cache(budget);
    cache.keep("wanted", answer(1, std::string(1'000, 'w')));
    for (int i = 0; i < 1'000; ++i) {
        cache.keep("other " + std::to_string(i), answer(1, std::string(1'000, 'o')));
        ASSERT_NE(cache.find("wanted", 1).body, nullptr) << i;
        ASSERT_LE(cache.count().bytes, budget);
    }
    EXPECT_LT(cache.count().entries, 200u);
    EXPECT_EQ(cache.find("other 0", 1).body, nullptr);
    cache.keep("huge", answer(1, std::string(budget, 'h')));
    EXPECT_EQ(cache.find("huge", 1).body, nullptr) << "what does not fit drives nothing out";
    EXPECT_NE(cache.find("wanted", 1).body, nullptr);
}

TEST(AnswerCache, keeps_nothing_without_a_budget) {
    AnswerCache cache(0);
    cache.keep("a", answer(1, "one"));
    EXPECT_EQ(cache.find("a", 1).body, nullptr);
}

TEST(AnswerCache, is_used_by_several_threads) {
    AnswerCache cache(50'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 100);
                if (const KeptAnswer kept = cache.find(key, 1); kept.body) {
                    ASSERT_EQ(*kept.body, key);
                } else {
                    cache.keep(key, answer(1, key));
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
