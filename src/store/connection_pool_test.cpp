#include "store/connection_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "base/test_folder.hpp"
#include "database/sqlite_database.hpp"
#include "store/sql_store.hpp"

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
    bool connections_share_state() const noexcept override { return share_state; }
    std::string where() const override { return database_.where(); }

    int connections = 0;
    bool share_state = true;

  private:
    SqliteDatabase database_;
};

class ConnectionPoolTest : public testing::Test {
  protected:
    void SetUp() override {
        SqlStore(database_).migrate();
        database_->connections = 0;
    }

    void replace_file() {
        const std::filesystem::path path = folder_ / "test.db";
        std::filesystem::copy_file(path, folder_ / "other.db");
        std::filesystem::rename(folder_ / "other.db", path);
    }

    // No test waits so long: what has to wait here ends when the others are closed.
    static constexpr std::chrono::hours too_long{1};
    static constexpr std::chrono::seconds no_time{0};

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
    replace_file();
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

TEST_F(ConnectionPoolTest, does_not_wait_for_a_reader_when_another_generation_is_published) {
    ConnectionPool pool(database_, {.waits_for_others = too_long});
    pool.found(ConnectionPool::Found{"a", "1"});
    std::optional<ConnectionPool::Lease> reading = pool.take();
    pool.found(ConnectionPool::Found{"a", "2"});
    (void)pool.take();
    EXPECT_NO_THROW(reading->require_current());
    EXPECT_EQ(database_->connections, 2);
    reading.reset();
    (void)pool.take();
    EXPECT_EQ(database_->connections, 2) << "the connection of before is closed, the new one is kept";
}

TEST_F(ConnectionPoolTest, waits_for_those_in_use_before_it_opens_one_to_a_file_that_was_replaced) {
    ConnectionPool pool(database_, {.waits_for_others = too_long});
    std::optional<ConnectionPool::Lease> used = pool.take();
    replace_file();
    std::atomic<bool> closed = false;
    std::jthread other([&] {
        (void)pool.take();
        EXPECT_TRUE(closed);
    });
    while (true) {  // until it waits
        try {
            used->require_current();
        } catch (const DatabaseError&) {
            break;
        }
        std::this_thread::yield();
    }
    closed = true;
    used.reset();
}

TEST_F(ConnectionPoolTest, refuses_at_once_while_a_reader_stays_on_a_file_that_was_replaced) {
    ConnectionPool pool(database_, {.waits_for_others = no_time});
    std::optional<ConnectionPool::Lease> reading = pool.take();
    replace_file();
    EXPECT_THROW((void)pool.take(), DatabaseError);
    EXPECT_THROW((void)pool.take(), DatabaseError);
    EXPECT_THROW(reading->require_current(), DatabaseError) << "so that it makes way";
    reading.reset();
    EXPECT_NO_THROW((void)pool.take());
    EXPECT_EQ(database_->connections, 2);
}

TEST_F(ConnectionPoolTest, does_not_wait_where_connections_share_nothing) {
    database_->share_state = false;
    ConnectionPool pool(database_, {.waits_for_others = too_long});
    pool.found(ConnectionPool::Found{"a", "1"});
    const ConnectionPool::Lease reading = pool.take();
    pool.found(ConnectionPool::Found{"b", "1"});
    EXPECT_TRUE(pool.renew_for_damage());
    (void)pool.take();
    EXPECT_NO_THROW(reading.require_current());
}

TEST_F(ConnectionPoolTest, gives_up_waiting_for_a_reader_after_damage) {
    ConnectionPool pool(database_, {.waits_for_others = no_time});
    const ConnectionPool::Lease reading = pool.take();
    EXPECT_TRUE(pool.renew_for_damage());
    EXPECT_NO_THROW((void)pool.take());
    EXPECT_NO_THROW(reading.require_current()) << "the file may be the same: others read on";
}

}  // namespace
}  // namespace bingefriend
