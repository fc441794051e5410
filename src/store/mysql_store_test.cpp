// What is a MySQL or MariaDB server's own: accounts, plans, locks, and the original's database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "database/mysql_database.hpp"
#include "database/retry.hpp"
#include "store/sql_store.hpp"
#include "store/test_mariadb.hpp"

namespace bingefriend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class MysqlStoreTest : public testing::Test {
  protected:
    [[nodiscard]] SqlStore store() const { return SqlStore(std::make_shared<MysqlDatabase>(address_)); }
    std::string run(const std::string& sql) const {
        return TestMariadb::server().run(sql, address_.database);
    }

    MysqlAddress address_ = TestMariadb::server().new_database();
};

// The tables as the original system's migrations left them, with three shows.
constexpr const char* the_originals = R"(
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
    INSERT INTO alembic_version VALUES ('213c78f7baa1');
    CREATE TABLE show_metadata (show_id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255), genres JSON, summary TEXT,
        rating FLOAT, type VARCHAR(50), language VARCHAR(50), network VARCHAR(100), synced_at DATETIME);
    CREATE TABLE show_similarities (id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, show_id INTEGER NOT NULL,
        similar_show_id INTEGER NOT NULL, similarity_score FLOAT NOT NULL, genre_score FLOAT, text_score FLOAT,
        metadata_score FLOAT, computed_at DATETIME, KEY ix_show_id (show_id));
    INSERT INTO show_metadata VALUES (1, 'Lost', '["Drama"]', '<p>x</p>', 8.1, 'Scripted', 'English', 'ABC', '2025-11-02 09:00:00');
    INSERT INTO show_metadata VALUES (2, 'Fringe', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO show_metadata VALUES (3, 'Alias', '[]', NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO show_similarities VALUES (1, 1, 3, 0.4, NULL, 0.1, 0.2, '2025-11-02 09:30:00');
    INSERT INTO show_similarities VALUES (2, 1, 2, 0.8, 1.0, 0.5, 0.2, '2025-11-02 09:30:00');)";

TEST_F(MysqlStoreTest, takes_over_the_original_systems_database_with_its_rows) {
    run(the_originals);
    store().migrate();
    const auto reader = store().reader();
    EXPECT_EQ(reader->current()->number, 1);
    EXPECT_EQ(reader->current()->computed_at, "2025-11-02T09:30:00Z");
    const std::vector<Recommendation> list = read_list(*reader, 1, ShowId{1}, 10, 0);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(reader->shows(1, std::vector{list[0].show}).at(0).name, "Fringe");
    EXPECT_EQ(list[0].score, 0.8) << "the digits that a FLOAT was meant to have";
    EXPECT_EQ(list[1].parts[Part::genre], 0.0);
    EXPECT_EQ(reader->spread(reader->current()->number), std::nullopt) << "which the original did not count";
    EXPECT_EQ(reader->shows(1, std::vector{ShowId{1}}).at(0).rating, 8.1);
    EXPECT_EQ(run("SELECT version_num FROM alembic_version"), "213c78f7baa1");
    EXPECT_EQ(run("SELECT COUNT(*) FROM show_similarities"), "2");
}

TEST_F(MysqlStoreTest, a_deadlock_is_run_again_and_loses_nothing) {
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL); INSERT INTO t VALUES (1, 0), (2, 0)");
    MysqlDatabase database(address_);
    std::barrier each_holds_a_row(2);
    std::atomic<int> attempts = 0;
    const auto add_to_both = [&](std::int64_t first, std::int64_t second) {
        const std::unique_ptr<Connection> connection = database.connect(Access::write);
        with_retries({.attempts = 5}, [&](int attempt) {
            ++attempts;
            Transaction transaction(*connection);
            connection->execute("UPDATE t SET n = n + 1 WHERE id = ?", {first});
            if (attempt == 0) {
                each_holds_a_row.arrive_and_wait();
            }
            connection->execute("UPDATE t SET n = n + 1 WHERE id = ?", {second});
            transaction.commit();
        });
    };
    {
        const std::jthread other([&] { add_to_both(2, 1); });
        add_to_both(1, 2);
    }
    EXPECT_EQ(run("SELECT SUM(n) FROM t"), "4");
    EXPECT_GE(attempts, 3) << "one of the two had to give way";
}

}  // namespace
}  // namespace bingefriend
