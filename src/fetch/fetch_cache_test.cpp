#include "fetch/fetch_cache.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using Kind = FetchCache::Kind;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::chrono::system_clock::time_point noon{std::chrono::seconds(1'800'000'000)};

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FetchCache, finds_responses_by_source_kind_number_and_version) {
    const TestFolder folder;
    const std::string large(3'000'000, 'x');
    {
        FetchCache cache(folder.path(), "one");
        cache.put(Kind::page, 7, 1, large);
        cache.put(Kind::page, 8, 1, "");
        cache.put(Kind::page, 8, 2, "newer");
    }
    const FetchCache cache(folder.path(), "one");
    EXPECT_EQ(cache.find(Kind::page, 7, 1), large);
    EXPECT_EQ(cache.find(Kind::page, 7, 2), std::nullopt);
    EXPECT_EQ(cache.find(Kind::seasons, 7, 1), std::nullopt);
    EXPECT_EQ(cache.find(Kind::page, 8, 1), std::nullopt) << "the newer took its place";
    EXPECT_EQ(cache.find(Kind::page, 8, 2), "newer");
    EXPECT_TRUE(cache.has(Kind::page, 8));
    EXPECT_FALSE(cache.has(Kind::page, 9));
    EXPECT_LT(std::filesystem::file_size(folder / "kept.db"), 100'000u) << "packed";
}

TEST(FetchCache, separates_sources) {
    const TestFolder folder;
    { FetchCache(folder.path(), "one").put(Kind::page, 1, 1, "of one"); }
    {
        FetchCache two(folder.path(), "two");
        EXPECT_FALSE(two.find(Kind::page, 1, 1));
        two.put(Kind::page, 1, 1, "of two");
        two.end_fetch(5);
        two.clear();
        EXPECT_FALSE(two.find(Kind::page, 1, 1));
        EXPECT_FALSE(two.shows_of_last_fetch());
    }
    EXPECT_EQ(FetchCache(folder.path(), "one").find(Kind::page, 1, 1), "of one");
}

TEST(FetchCache, resumes_an_unfinished_fetch_unless_it_is_old) {
    const TestFolder folder;
    const auto run_at = [&](std::chrono::system_clock::time_point now) {
        return FetchCache(folder.path(), "one").current_fetch(now, hours(24));
    };
    const std::int64_t first = run_at(noon);
    EXPECT_EQ(run_at(noon + hours(23)), first);
    const std::int64_t second = run_at(noon + hours(25));
    EXPECT_NE(second, first);
    EXPECT_NE(run_at(noon), second) << "a run of the future is the work of a wrong clock";
    FetchCache cache(folder.path(), "one");
    cache.end_fetch(100);
    EXPECT_EQ(cache.shows_of_last_fetch(), 100u);
    EXPECT_NE(cache.current_fetch(noon + milliseconds(1), hours(24)), second);
    cache.end_fetch({});
    EXPECT_EQ(cache.shows_of_last_fetch(), 100u) << "a part of a catalogue is nothing to compare with";
}

TEST(FetchCache, erases_the_numbers_from_one_on) {
    FetchCache cache({}, "in memory");
    for (int i = 0; i < 5; ++i) {
        cache.put(Kind::page, i, 1, "x");
    }
    cache.erase_from(Kind::page, 3);
    EXPECT_TRUE(cache.has(Kind::page, 2));
    EXPECT_FALSE(cache.has(Kind::page, 3));
    EXPECT_FALSE(cache.has(Kind::page, 4));
}

TEST(FetchCache, never_returns_corrupt_responses) {
    const TestFolder folder;
    std::string body;
    for (int i = 0; i < 20'000; ++i) {
        body += static_cast<char>('a' + i * i % 23 * i % 19);
    }
    {
        FetchCache cache(folder.path(), "one");
        for (int i = 0; i < 20; ++i) {
            cache.put(Kind::page, i, 1, body + std::to_string(i));
        }
    }
    const std::string whole = contents(folder / "kept.db");
    for (std::size_t at = 0; at < whole.size(); at += 1'009) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        std::ofstream(folder / "kept.db", std::ios::binary) << damaged;
        const FetchCache cache(folder.path(), "one");
        for (int i = 0; i < 20; ++i) {
            const std::optional<std::string> found = cache.find(Kind::page, i, 1);
            EXPECT_TRUE(!found || *found == body + std::to_string(i)) << at;
        }
    }
    for (const std::size_t length : {std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
        std::ofstream(folder / "kept.db", std::ios::binary) << whole.substr(0, length);
        FetchCache cache(folder.path(), "one");
        EXPECT_EQ(cache.was_corrupt(), length == whole.size() / 2)
            << "a byte is nothing yet, and the last one belongs to no answer";
        for (int i = 0; i < 20; ++i) {
            const std::optional<std::string> found = cache.find(Kind::page, i, 1);
            EXPECT_TRUE(!found || *found == body + std::to_string(i)) << length;
        }
        cache.put(Kind::page, 1, 1, "anew");
        EXPECT_EQ(cache.find(Kind::page, 1, 1), "anew");
    }
}

TEST(FetchCache, is_used_by_one_fetch_at_a_time) {
    const TestFolder folder;
    const FetchCache cache(folder.path(), "one");
    try {
        const FetchCache other(folder.path(), "two");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
    }
}

TEST(FetchCache, throws_if_it_cannot_be_written) {
    EXPECT_THROW(FetchCache("/proc/nowhere", "one"), Error);
}

TEST(FetchCache, is_used_by_many_threads) {
    FetchCache cache({}, "one");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&cache, t] {
                for (int i = 0; i < 50; ++i) {
                    cache.put(Kind::page, t * 100 + i, 1, std::to_string(i));
                }
            });
        }
    }
    EXPECT_EQ(cache.find(Kind::page, 349, 1), "49");
}

}  // namespace
}  // namespace bingefriend
