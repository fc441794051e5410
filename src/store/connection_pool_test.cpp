#include "store/connection_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "domain/test_folder.hpp"
#include "store/sql_store.hpp"
#include "store/sqlite_database.hpp"

namespace bingefriend {
namespace {

// A database that counts the connections made to it.
class Counted final : public Database {
  public:
    explicit Counted(const std::filesystem::path& path) : database_(path) {}

    std::unique_ptr<Connection> connect(Access access) override {
        ++connections;
        return database_.connect(access);
    }
    std::unique_ptr<Lock> lock_to_publish(Connection& connection, bool again) override {
        return database_.lock_to_publish(connection, again);
    }
    std::unique_ptr<Lock> lock_to_migrate(Connection& connection) override {
        return database_.lock_to_migrate(connection);
    }
    Place place() const noexcept override { return database_.place(); }
    std::string where() const override { return database_.where(); }

    int connections = 0;

  private:
    SqliteDatabase database_;
};

class ConnectionPoolTest : public testing::Test {
  protected:
    void SetUp() override {
        SqlStore(database_).migrate();
        database_->connections = 0;
    }

    TestFolder folder_;
    std::shared_ptr<Counted> database_ = std::make_shared<Counted>(folder_ / "test.db");
};

TEST_F(ConnectionPoolTest, has_as_many_connections_as_are_used_at_once) {
    ConnectionPool pool(database_);
    for (int i = 0; i < 3; ++i) {
        const auto one = pool.take();
        const auto other = pool.take();
        EXPECT_NE(&*one, &*other);
    }
    EXPECT_EQ(database_->connections, 2);
}

TEST_F(ConnectionPoolTest, renews_what_is_old_or_was_dropped) {
    ConnectionPool impatient(database_, {.renewed_after = std::chrono::seconds(0)});
    (void)impatient.take();
    (void)impatient.take();
    EXPECT_EQ(database_->connections, 2);
    ConnectionPool pool(database_);
    pool.take().drop();
    (void)pool.take();
    (void)pool.take();
    EXPECT_EQ(database_->connections, 4);
}

TEST_F(ConnectionPoolTest, asks_for_the_schema_once_so_that_a_later_version_may_add_to_it) {
    ConnectionPool pool(database_);
    (void)pool.take();
    database_->connect(Access::write)->execute("INSERT INTO schema_migrations VALUES ('9999')");
    pool.take().drop();
    EXPECT_NO_THROW((void)pool.take());
    EXPECT_THROW((void)ConnectionPool(database_).take(), Error) << "but none begins with it";
}

TEST_F(ConnectionPoolTest, has_none_left_to_a_file_that_was_replaced) {
    ConnectionPool pool(database_);
    (void)pool.take();
    const std::filesystem::path path = folder_ / "test.db";
    std::filesystem::copy_file(path, folder_ / "other.db");
    std::filesystem::rename(folder_ / "other.db", path);
    (void)pool.take();
    EXPECT_EQ(database_->connections, 2);
    (void)pool.take();
    EXPECT_EQ(database_->connections, 2);
}

TEST_F(ConnectionPoolTest, closes_all_where_a_new_connection_finds_something_else) {
    ConnectionPool pool(database_);
    const auto connections_after = [&](const std::optional<ConnectionPool::Found>& found) {
        pool.found(found);
        (void)pool.take();
        return database_->connections;
    };
    EXPECT_EQ(connections_after(ConnectionPool::Found{"a", "1"}), 1);
    EXPECT_EQ(connections_after(ConnectionPool::Found{"a", "1"}), 1);
    EXPECT_EQ(connections_after(ConnectionPool::Found{"a", "2"}), 2);
    EXPECT_EQ(connections_after(ConnectionPool::Found{"b", "2"}), 3);
    EXPECT_EQ(connections_after({}), 3) << "nothing: there is nothing to connect to anew";
    EXPECT_EQ(connections_after(ConnectionPool::Found{"b", "2"}), 4);
}

TEST_F(ConnectionPoolTest, closes_all_for_damage_but_not_for_every_damage) {
    ConnectionPool pool(database_);
    (void)pool.take();
    EXPECT_TRUE(pool.renew_for_damage());
    EXPECT_FALSE(pool.renew_for_damage());
    (void)pool.take();
    EXPECT_EQ(database_->connections, 2);
}

TEST_F(ConnectionPoolTest, waits_for_those_in_use_before_it_opens_another) {
    ConnectionPool pool(database_, {.waits_for_others = std::chrono::hours(1)});
    std::optional<ConnectionPool::Lease> used = pool.take();
    std::atomic<bool> closed = false;
    std::jthread other([&] {
        EXPECT_TRUE(pool.renew_for_damage());
        EXPECT_TRUE(closed);
    });
    closed = true;
    used.reset();
}

}  // namespace
}  // namespace bingefriend
