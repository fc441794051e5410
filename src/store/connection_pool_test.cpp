#include "store/connection_pool.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace bingefriend
