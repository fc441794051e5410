// What readers of a SQLite file do when somebody else replaces it or the files beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "base/error.hpp"
#include "base/test_folder.hpp"
#include "database/sqlite_database.hpp"
#include "store/sql_store.hpp"
#include "store/test_stores.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class ReplacedFile : public testing::Test {
  protected:
    void SetUp() override {
        publish(path_, 300, 0.25);
        publish(other_, 3'000, 0.75);
        std::filesystem::copy_file(path_, first_);
        server_ = std::make_unique<SqlStore>(std::make_shared<SqliteDatabase>(path_));
        reader_ = server_->reader();
    }

    static void publish(const std::filesystem::path& path, std::size_t shows, double score) {
        const Publication run = run_of(shows, 1, score);
        const std::unique_ptr<Store> store = open_store({path});
        store->migrate();
        store->publish(run.catalogue, run.lists, run.ranking, {.computed_at = "2026-11-22T09:00:00Z"},
                       no_progress);
    }

    // As cp: the same file, other bytes.
    void copy_over(const std::filesystem::path& from) const {
        std::ifstream source(from, std::ios::binary);
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << source.rdbuf();
    }

    // As mv.
    void move_over(const std::filesystem::path& from) const {
        std::filesystem::copy_file(from, folder_ / "moved.db");
        std::filesystem::rename(folder_ / "moved.db", path_);
    }

    [[nodiscard]] std::filesystem::path beside(const char* suffix) const { return path_.string() + suffix; }

    // That the reader, which was open before, finds.
    double score() {
        (void)reader_->current_anew();
        double sum = 0;
        for (const std::int64_t show : {1, 1'501, 2'981}) {
            sum += published_list(*reader_, ShowId{show}, 1).at(0).score;
        }
        return sum / 3;
    }

    TestFolder folder_;
    std::filesystem::path path_ = folder_ / "test.db";
    std::filesystem::path other_ = folder_ / "other.db";
    std::filesystem::path first_ = folder_ / "first.db";
    std::unique_ptr<SqlStore> server_;
    std::unique_ptr<PublishedReader> reader_;
};

TEST_F(ReplacedFile, is_followed_if_it_is_moved_copied_cut_or_made_anew) {
    EXPECT_EQ(score(), 0.25);
    move_over(other_);
    EXPECT_EQ(score(), 0.75) << "moved";
    copy_over(first_);
    EXPECT_EQ(score(), 0.25) << "copied over";
    copy_over(other_);
    EXPECT_EQ(score(), 0.75) << "copied over by a larger one";
    std::filesystem::resize_file(path_, 4'096);
    EXPECT_THROW((void)score(), Error) << "cut";
    std::filesystem::resize_file(path_, 0);
    EXPECT_THROW((void)score(), Error) << "cut to nothing";
    copy_over(other_);
    EXPECT_EQ(score(), 0.75) << "copied back";
    std::filesystem::remove(path_);
    EXPECT_THROW((void)score(), Error) << "removed";
    publish(path_, 300, 0.25);
    EXPECT_EQ(score(), 0.25) << "made anew";
    publish(path_, 300, 0.5);
    EXPECT_EQ(score(), 0.5) << "published, as ever";
    copy_over(other_);
    EXPECT_EQ(score(), 0.75) << "copied over after a publication";
}

TEST_F(ReplacedFile, ends_a_long_reader_so_that_others_can_follow) {
    std::unique_ptr<PublishedReader> other = server_->reader();
    int shows = 0;
    EXPECT_THROW(reader_->for_each_show(1,
                                        [&](const ShowDetails&) {
                                            if (++shows == 2) {
                                                move_over(other_);
                                                EXPECT_THROW((void)other->current(), Error)
                                                    << "refused, but not for long";
                                            }
                                        }),
                 Error);
    EXPECT_EQ(shows, 2);
    EXPECT_EQ(other->current()->shows, 3'000);
    EXPECT_EQ(score(), 0.75);
}

TEST_F(ReplacedFile, does_not_crash_a_reader_if_its_shared_memory_was_cut) {
    EXPECT_EQ(score(), 0.25);
    for (const std::uintmax_t size : {0u, 3u, 4'096u}) {
        std::filesystem::resize_file(beside("-shm"), size);
        EXPECT_EQ(score(), 0.25);
        EXPECT_GE(std::filesystem::file_size(beside("-shm")), 32u * 1'024) << "it was made anew";
    }
    publish(path_, 300, 0.5);
    EXPECT_EQ(score(), 0.5);
}

TEST_F(ReplacedFile, is_followed_after_the_files_beside_it_were_removed) {
    EXPECT_EQ(score(), 0.25);
    std::filesystem::remove(beside("-wal"));
    std::filesystem::remove(beside("-shm"));
    publish(path_, 300, 0.5);
    EXPECT_EQ(score(), 0.5) << "connections that keep the removed files would never see this";
}

// The log has pages of the file that was there before: they would be taken for those of the new one.
TEST_F(ReplacedFile, that_was_copied_over_beside_its_log_gives_no_wrong_answer_and_says_what_to_do) {
    {
        // A reader of an older moment keeps the log from being written back.
        const std::unique_ptr<Connection> old = SqliteDatabase(path_).connect(Access::read);
        const Transaction moment(*old, Transaction::Kind::snapshot);
        (void)old->number("SELECT COUNT(*) FROM generations");
        publish(path_, 300, 0.5);
    }
    ASSERT_GT(std::filesystem::file_size(beside("-wal")), 0u);
    EXPECT_EQ(score(), 0.5);
    copy_over(other_);
    try {
        EXPECT_EQ(score(), 0.75);
        ADD_FAILURE() << "the log has another generation";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), HasSubstr("remove " + beside("-wal").string()));
    }
    std::filesystem::remove(beside("-wal"));
    std::filesystem::remove(beside("-shm"));
    EXPECT_EQ(score(), 0.75);
}

}  // namespace
}  // namespace bingefriend
