#include "base/lock_file.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>
#include <vector>

namespace bingefriend {
namespace {

class LockFileTest : public testing::Test {
  protected:
    LockFileTest() {
        std::string name = (std::filesystem::temp_directory_path() / "bingefriend lock XXXXXX").string();
        folder_ = mkdtemp(name.data());
        file_ = folder_ / "lock";
    }
    ~LockFileTest() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    std::filesystem::path file_;
};

TEST_F(LockFileTest, is_held_once_exclusively_or_by_many_who_share) {
    {
        const auto held = LockFile::try_hold(file_, Hold::exclusive);
        ASSERT_TRUE(held);
        EXPECT_TRUE(is_held(file_));
        EXPECT_FALSE(LockFile::try_hold(file_, Hold::exclusive));
        EXPECT_FALSE(LockFile::try_hold(file_, Hold::shared));
    }
    EXPECT_FALSE(is_held(file_));
    const auto one = LockFile::try_hold(file_, Hold::shared);
    const auto two = LockFile::try_hold(file_, Hold::shared);
    EXPECT_TRUE(one && two);
    EXPECT_FALSE(LockFile::try_hold(file_, Hold::exclusive));
}

TEST_F(LockFileTest, ends_with_the_process_that_holds_it) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = LockFile::try_hold(file_, Hold::exclusive);
        ::_exit(held ? 0 : 1);  // as a kill: nothing is cleaned up
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_TRUE(LockFile::try_hold(file_, Hold::exclusive));
}

TEST_F(LockFileTest, is_created_once) {
    auto first = LockFile::create(file_);
    ASSERT_TRUE(first);
    EXPECT_FALSE(LockFile::create(file_));
    first->remove(file_);
    EXPECT_TRUE(LockFile::create(file_));
}

TEST_F(LockFileTest, stays_where_another_shares_it) {
    auto one = LockFile::try_hold(file_, Hold::shared);
    {
        auto two = LockFile::try_hold(file_, Hold::shared);
        two->remove(file_);
    }
    EXPECT_TRUE(std::filesystem::exists(file_));
    one->remove(file_);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LockFileTest, a_file_that_nobody_holds_can_be_removed) {
    {
        const auto held = LockFile::create(file_);
        remove_unless_held(file_);
        EXPECT_TRUE(std::filesystem::exists(file_));
    }
    remove_unless_held(file_);
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(LockFileTest, is_never_held_twice_while_holders_remove_it) {
    std::atomic<int> holders{0};
    std::atomic<int> most{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 500;) {
                if (auto held = LockFile::try_hold(file_, Hold::exclusive)) {
                    most = std::max(most.load(), ++holders);
                    --holders;
                    held->remove(file_);
                    ++turn;
                }
            }
        });
    }
    threads.clear();
    EXPECT_EQ(most, 1);
}

TEST_F(LockFileTest, says_why_it_cannot_be_opened) {
    try {
        (void)LockFile::try_hold(folder_ / "missing" / "lock", Hold::shared);
        FAIL() << "the folder is not there";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    }
}

}  // namespace
}  // namespace bingefriend
