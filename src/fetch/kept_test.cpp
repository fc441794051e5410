#include "fetch/kept.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using Kind = Kept::Kind;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::chrono::system_clock::time_point noon{std::chrono::seconds(1'800'000'000)};

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Kept, gives_back_what_was_put_by_source_kind_number_and_version) {
    const TestFolder folder;
    const std::string large(3'000'000, 'x');
    {
        Kept kept(folder.path(), "one");
        kept.put(Kind::page, 7, 1, large);
        kept.put(Kind::page, 8, 1, "");
        kept.put(Kind::page, 8, 2, "newer");
    }
    const Kept kept(folder.path(), "one");
    EXPECT_EQ(kept.find(Kind::page, 7, 1), large);
    EXPECT_EQ(kept.find(Kind::page, 7, 2), std::nullopt);
    EXPECT_EQ(kept.find(Kind::seasons, 7, 1), std::nullopt);
    EXPECT_EQ(kept.find(Kind::page, 8, 1), std::nullopt) << "the newer took its place";
    EXPECT_EQ(kept.find(Kind::page, 8, 2), "newer");
    EXPECT_TRUE(kept.has(Kind::page, 8));
    EXPECT_FALSE(kept.has(Kind::page, 9));
    EXPECT_LT(std::filesystem::file_size(folder / "kept.db"), 100'000u) << "packed";
}

TEST(Kept, holds_sources_apart) {
    const TestFolder folder;
    { Kept(folder.path(), "one").put(Kind::page, 1, 1, "of one"); }
    {
        Kept two(folder.path(), "two");
        EXPECT_FALSE(two.find(Kind::page, 1, 1));
        two.put(Kind::page, 1, 1, "of two");
        two.end_run(5);
        two.forget();
        EXPECT_FALSE(two.find(Kind::page, 1, 1));
        EXPECT_FALSE(two.shows_of_last_run());
    }
    EXPECT_EQ(Kept(folder.path(), "one").find(Kind::page, 1, 1), "of one");
}

TEST(Kept, goes_on_with_an_unfinished_run_unless_it_is_old) {
    const TestFolder folder;
    const auto run_at = [&](std::chrono::system_clock::time_point now) {
        return Kept(folder.path(), "one").run(now, hours(24));
    };
    const std::int64_t first = run_at(noon);
    EXPECT_EQ(run_at(noon + hours(23)), first);
    const std::int64_t second = run_at(noon + hours(25));
    EXPECT_NE(second, first);
    EXPECT_NE(run_at(noon), second) << "a run of the future is the work of a wrong clock";
    Kept kept(folder.path(), "one");
    kept.end_run(100);
    EXPECT_EQ(kept.shows_of_last_run(), 100u);
    EXPECT_NE(kept.run(noon + milliseconds(1), hours(24)), second);
    kept.end_run({});
    EXPECT_EQ(kept.shows_of_last_run(), 100u) << "a part of a catalogue is nothing to compare with";
}

TEST(Kept, forgets_the_numbers_from_one_on) {
    Kept kept({}, "in memory");
    for (int i = 0; i < 5; ++i) {
        kept.put(Kind::page, i, 1, "x");
    }
    kept.erase_from(Kind::page, 3);
    EXPECT_TRUE(kept.has(Kind::page, 2));
    EXPECT_FALSE(kept.has(Kind::page, 3));
    EXPECT_FALSE(kept.has(Kind::page, 4));
}

TEST(Kept, never_gives_back_what_is_damaged) {
    const TestFolder folder;
    std::string body;
    for (int i = 0; i < 20'000; ++i) {
        body += static_cast<char>('a' + i * i % 23 * i % 19);
    }
    {
        Kept kept(folder.path(), "one");
        for (int i = 0; i < 20; ++i) {
            kept.put(Kind::page, i, 1, body + std::to_string(i));
        }
    }
    const std::string whole = contents(folder / "kept.db");
    for (std::size_t at = 0; at < whole.size(); at += 1'009) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        std::ofstream(folder / "kept.db", std::ios::binary) << damaged;
        const Kept kept(folder.path(), "one");
        for (int i = 0; i < 20; ++i) {
            const std::optional<std::string> found = kept.find(Kind::page, i, 1);
            EXPECT_TRUE(!found || *found == body + std::to_string(i)) << at;
        }
    }
    for (const std::size_t length : {std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
        std::ofstream(folder / "kept.db", std::ios::binary) << whole.substr(0, length);
        Kept kept(folder.path(), "one");
        EXPECT_EQ(kept.was_damaged(), length == whole.size() / 2)
            << "a byte is nothing yet, and the last one belongs to no answer";
        for (int i = 0; i < 20; ++i) {
            const std::optional<std::string> found = kept.find(Kind::page, i, 1);
            EXPECT_TRUE(!found || *found == body + std::to_string(i)) << length;
        }
        kept.put(Kind::page, 1, 1, "anew");
        EXPECT_EQ(kept.find(Kind::page, 1, 1), "anew");
    }
}

TEST(Kept, is_used_by_one_fetch_at_a_time) {
    const TestFolder folder;
    const Kept kept(folder.path(), "one");
    try {
        const Kept other(folder.path(), "two");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::conflict);
    }
}

TEST(Kept, that_cannot_be_written_is_an_error) {
    EXPECT_THROW(Kept("/proc/nowhere", "one"), Error);
}

TEST(Kept, is_used_by_many_threads) {
    Kept kept({}, "one");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&kept, t] {
                for (int i = 0; i < 50; ++i) {
                    kept.put(Kind::page, t * 100 + i, 1, std::to_string(i));
                }
            });
        }
    }
    EXPECT_EQ(kept.find(Kind::page, 349, 1), "49");
}

}  // namespace
}  // namespace bingefriend
