// What is SQLite's own: files, locks, crashes, and databases of others.

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/test_folder.hpp"
#include "database/file_lock.hpp"
#include "database/sqlite_database.hpp"
#include "store/sql_store.hpp"
#include "store/statements.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SqlStore store_at(const std::filesystem::path& path) {
    return SqlStore(std::make_shared<SqliteDatabase>(path, std::chrono::milliseconds(1)));
}

struct SmallRun {
    Catalogue catalogue;
    RecommendationLists lists;
};

SmallRun small_run(std::size_t shows, double score) {
    SmallRun run;
    for (std::size_t i = 0; i < shows; ++i) {
        run.catalogue.shows.push_back({.id = ShowId{static_cast<std::int64_t>(i + 1)}, .name = "show"});
        run.lists.shows.push_back(run.catalogue.shows.back().id);
    }
    for (std::size_t i = 0; i < shows; ++i) {
        run.lists.entries.push_back({run.lists.shows[i == 0 ? 1 : 0], score, {}});
        run.lists.start.push_back(run.lists.entries.size());
    }
    return run;
}

class SqliteStoreTest : public testing::Test {
  protected:
    [[nodiscard]] SqlStore store() const { return store_at(path_); }

    Generation publish(const SmallRun& run, const Progress& progress = no_progress) const {
        return store().publish(run.catalogue, run.lists, {}, {.computed_at = "2026-11-22T09:00:00Z"},
                               progress);
    }

    template <typename Action>
    std::string message_of(Action action) const {
        try {
            action();
            return "no error";
        } catch (const Error& error) {
            return error.what();
        }
    }

    TestFolder folder_;
    std::filesystem::path path_ = folder_ / "test.db";
};

TEST_F(SqliteStoreTest, says_that_there_is_no_database_and_makes_none_by_reading) {
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }), HasSubstr("there is no database"));
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(SqliteStoreTest, says_that_a_file_is_no_database) {
    std::ofstream(path_) << std::string(5'000, 'x');
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }), HasSubstr("no SQLite database"));
    EXPECT_THAT(message_of([&] { store().migrate(); }), HasSubstr("no SQLite database"));
}

TEST_F(SqliteStoreTest, says_that_a_database_is_not_a_file_and_does_not_wait_for_it) {
    std::filesystem::create_directory(folder_ / "folder");
    ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const std::string name = folder_ / "socket";
    ASSERT_LT(name.size(), sizeof address.sun_path);
    name.copy(address.sun_path, name.size());
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    for (const auto& [place, what] : std::initializer_list<std::pair<std::filesystem::path, const char*>>{
             {folder_ / "folder", "it is a directory"},
             {folder_ / "fifo", "it is a FIFO"},
             {folder_ / "socket", "it is a socket"},
             {"/dev/null", "it is a device"}}) {
        EXPECT_THAT(message_of([&] { (void)store_at(place).reader()->current(); }), HasSubstr(what));
        EXPECT_THAT(message_of([&] { store_at(place).migrate(); }), HasSubstr(what));
    }
    ::close(socket);
}

TEST_F(SqliteStoreTest, leaves_the_database_of_another_program_as_it_is) {
    SQLite::Database(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE contacts (name TEXT)");
    const auto size = std::filesystem::file_size(path_);
    EXPECT_THAT(message_of([&] { store().migrate(); }), HasSubstr("belongs to another program"));
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }),
                HasSubstr("belongs to another program"));
    EXPECT_EQ(std::filesystem::file_size(path_), size);
}

TEST_F(SqliteStoreTest,
       asks_for_a_migration_where_the_schema_is_missing_and_for_an_upgrade_where_it_is_newer) {
    SQLite::Database(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE schema_migrations (version TEXT)");
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }), HasSubstr("bingefriend migrate"));
    store().migrate();
    SQLite::Database(path_.string(), SQLite::OPEN_READWRITE)
        .exec("INSERT INTO schema_migrations VALUES ('9999')");
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }), HasSubstr("later version"));
    EXPECT_THAT(message_of([&] { store().migrate(); }), HasSubstr("later version"));
}

TEST_F(SqliteStoreTest, says_that_another_program_holds_the_lock) {
    store().migrate();
    SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE);
    other.exec("BEGIN IMMEDIATE");
    EXPECT_THAT(message_of([&] { publish(small_run(2, 0.5)); }), HasSubstr("locked by another program"));
    other.exec("ROLLBACK");
    EXPECT_EQ(publish(small_run(2, 0.5)).number, 1);
}

TEST_F(SqliteStoreTest, lets_one_publisher_in_at_a_time) {
    store().migrate();
    {
        const FileLock held(path_);
        EXPECT_THAT(message_of([&] { publish(small_run(2, 0.5)); }),
                    HasSubstr("another process is publishing"));
        EXPECT_THAT(message_of([&] { store().rollback(); }), HasSubstr("another process is publishing"));
    }
    EXPECT_EQ(publish(small_run(2, 0.5)).number, 1);
}

TEST_F(SqliteStoreTest, shows_a_whole_generation_after_a_publisher_was_killed_anywhere) {
    store().migrate();
    constexpr std::size_t shows = 12'000;  // written in six transactions
    publish(small_run(shows, 0.001));
    for (std::size_t kill_after = 1; kill_after <= 6; ++kill_after) {
        const pid_t child = ::fork();
        if (child == 0) {
            std::size_t transactions = 0;
            publish(small_run(shows, 0.5), [&](std::size_t, std::size_t) {
                if (++transactions == kill_after) {
                    ::kill(::getpid(), SIGKILL);
                }
            });
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        const auto reader = store().reader();
        EXPECT_EQ(reader->current()->number, static_cast<std::int64_t>(kill_after));
        std::size_t lists = 0;
        reader->for_each_list(reader->current()->number, [&](ShowId, std::span<const Recommendation> list) {
            lists += list.size() == 1 && list[0].score < 0.5 ? 1 : 0;
        });
        EXPECT_EQ(lists, shows);
        EXPECT_EQ(publish(small_run(shows, 0.001 * static_cast<double>(kill_after + 1))).number,
                  static_cast<std::int64_t>(kill_after + 1))
            << "the next run succeeds";
        EXPECT_LE(store().reader()->generations().size(), 2u) << "and clears up";
        SQLite::Database database(path_.string());
        EXPECT_LE(database.execAndGet("SELECT COUNT(*) FROM generation_shows").getInt64(),
                  2 * static_cast<std::int64_t>(shows));
    }
}

TEST_F(SqliteStoreTest, answers_recommendations_from_one_range_of_an_index) {
    store().migrate();
    publish(small_run(50, 0.5));
    SQLite::Database database(path_.string());
    SQLite::Statement plan(
        database,
        "EXPLAIN QUERY PLAN " +
            std::string(sql::recommendations).substr(std::string(sql::recommendations).find("SELECT")));
    std::string steps;
    while (plan.executeStep()) {
        steps += plan.getColumn(3).getString() + "\n";
    }
    EXPECT_THAT(steps, HasSubstr("SEARCH r USING PRIMARY KEY (generation=? AND show_id=? AND position<?)"));
    EXPECT_THAT(steps, Not(HasSubstr("SCAN")));
    EXPECT_THAT(steps, Not(HasSubstr("TEMP B-TREE"))) << steps;
}

TEST_F(SqliteStoreTest, shows_the_documented_names_to_a_reader_with_sql) {
    store().migrate();
    publish(small_run(3, 0.5));
    publish(small_run(4, 0.75));
    SQLite::Database database(path_.string());
    SQLite::Statement shows(database,
                            "SELECT show_id, name, genres, summary, rating, type, language, network, "
                            "synced_at FROM show_metadata");
    std::size_t rows = 0;
    while (shows.executeStep()) {
        ++rows;
        EXPECT_EQ(shows.getColumn(2).getString(), "[]");
        EXPECT_EQ(shows.getColumn(8).getString(), "2026-11-22T09:00:00Z");
    }
    EXPECT_EQ(rows, 4u) << "of the published generation alone";
    EXPECT_EQ(database
                  .execAndGet(
                      "SELECT COUNT(*) FROM (SELECT show_id, similar_show_id, similarity_score, genre_score, "
                      "text_score, metadata_score, computed_at FROM show_similarities WHERE similarity_score "
                      "= 0.75)")
                  .getInt64(),
              4);
}

// The tables as the original system's migrations left them, with two shows.
void make_the_originals(const std::filesystem::path& path) {
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(R"(
        CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('213c78f7baa1');
        CREATE TABLE show_metadata (show_id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255), genres JSON, summary TEXT,
            rating FLOAT, type VARCHAR(50), language VARCHAR(50), network VARCHAR(100), synced_at DATETIME);
        CREATE TABLE show_similarities (id INTEGER NOT NULL PRIMARY KEY, show_id INTEGER NOT NULL,
            similar_show_id INTEGER NOT NULL, similarity_score FLOAT NOT NULL, genre_score FLOAT, text_score FLOAT,
            metadata_score FLOAT, computed_at DATETIME);
        INSERT INTO show_metadata VALUES (1, 'Lost', '["Drama"]', '<p>x</p>', 8.1, 'Scripted', 'English', 'ABC', '2025-11-02 09:00:00');
        INSERT INTO show_metadata VALUES (2, 'Fringe', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO show_metadata VALUES (3, 'Alias', '[]', NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO show_similarities VALUES (1, 1, 3, 0.4, NULL, 0.1, 0.2, '2025-11-02 09:30:00');
        INSERT INTO show_similarities VALUES (2, 1, 2, 0.8, 1.0, 0.5, 0.2, '2025-11-02 09:30:00');)");
}

TEST_F(SqliteStoreTest, takes_over_the_original_systems_database_with_its_rows) {
    make_the_originals(path_);
    EXPECT_THAT(message_of([&] { (void)store().reader()->current(); }), HasSubstr("bingefriend migrate"));
    store().migrate();
    const auto reader = store().reader();
    EXPECT_EQ(reader->current()->number, 1);
    EXPECT_EQ(reader->current()->computed_at, "2025-11-02T09:30:00Z");
    const std::vector<Recommendation> list = read_list(*reader, 1, ShowId{1}, 10, 0);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(reader->shows(1, std::vector{list[0].show}).at(0).name, "Fringe");
    EXPECT_EQ(list[0].score, 0.8);
    EXPECT_EQ(list[1].parts[Part::genre], 0.0);
    EXPECT_EQ(reader->spread(reader->current()->number), std::nullopt) << "which the original did not count";
    EXPECT_EQ(
        SQLite::Database(path_.string()).execAndGet("SELECT version_num FROM alembic_version").getString(),
        "213c78f7baa1");
    EXPECT_EQ(publish(small_run(3, 0.5)).number, 2);
    EXPECT_EQ(store().rollback().number, 1) << "the original's rows are a generation to go back to";
}

TEST_F(SqliteStoreTest, can_give_the_original_its_tables_back) {
    make_the_originals(path_);
    store().migrate();
    {
        SQLite::Database database(path_.string(), SQLite::OPEN_READWRITE);
        for (auto m = sqlite_migrations.rbegin(); m != sqlite_migrations.rend(); ++m) {
            database.exec(std::string(m->text.substr(m->text.find("-- migrate:down"))));
        }
        database.exec("DROP TABLE schema_migrations");
        EXPECT_EQ(database.execAndGet("SELECT name FROM show_metadata WHERE show_id = 2").getString(),
                  "Fringe");
        EXPECT_EQ(database.execAndGet("SELECT COUNT(*) FROM show_similarities").getInt64(), 2);
        EXPECT_EQ(database.execAndGet("SELECT COUNT(*) FROM sqlite_master WHERE type = 'view'").getInt64(),
                  0);
    }
    store().migrate();
    EXPECT_EQ(store().reader()->current()->shows, 3) << "and be taken over again";
}

TEST_F(SqliteStoreTest, of_a_folder_that_may_not_be_written_says_so) {
    std::ofstream(folder_ / "plain") << "x";
    SqlStore below = store_at(folder_ / "plain" / "test.db");
    EXPECT_THAT(message_of([&] { below.migrate(); }), HasSubstr("cannot open the database"));
}

}  // namespace
}  // namespace bingefriend
