#include "database/mysql_database.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "database/mysql_connection.hpp"

namespace bingefriend {
namespace {

constexpr MysqlConnection::Patience of_readers{};
// A statement of a publisher may work long: one of a migration copies a whole table.  A publisher
// whose machine died holds its lock until the server misses it.
constexpr MysqlConnection::Patience of_writers{
    .read = std::chrono::hours(2), .write = std::chrono::minutes(2), .idle = std::chrono::minutes(5)};

// GET_LOCK counts for the whole server, so the name holds the database's; it may have 64 characters.
std::string lock_name(std::string_view purpose, const std::string& database) {
    std::string name = fmt::format("bingefriend {} {}", purpose, database);
    return name.size() <= 64
               ? name
               : fmt::format("bingefriend {} {:016x}", purpose, std::hash<std::string>{}(database));
}

class ServerLock final : public Lock {
  public:
    ServerLock(Connection& connection, std::string name) : connection_(connection), name_(std::move(name)) {}

    [[nodiscard]] bool try_for(std::chrono::seconds patience) {
        held_ = connection_.number("SELECT GET_LOCK(?, ?)", {name_, std::int64_t{patience.count()}}) == 1;
        return held_;
    }

    ~ServerLock() override {
        if (held_) {
            try {
                (void)connection_.number("SELECT RELEASE_LOCK(?)", {name_});
            } catch (const DatabaseError&) {  // a connection that is gone took the lock along
            }
        }
    }

  private:
    Connection& connection_;
    std::string name_;
    bool held_ = false;
};

}  // namespace

std::unique_ptr<Connection> MysqlDatabase::connect(Access access) {
    const MysqlConnection::Patience& patience = access == Access::read ? of_readers : of_writers;
    try {
        return std::make_unique<MysqlConnection>(address_, patience);
    } catch (const DatabaseError& error) {
        if (access != Access::create || error.failure() != Failure::no_database) {
            throw;
        }
    }
    create_database();
    return std::make_unique<MysqlConnection>(address_, patience);
}

void MysqlDatabase::create_database() const {
    MysqlAddress server = address_;
    server.database.clear();
    std::string name = "`";
    for (const char c : address_.database) {
        name += c == '`' ? "``" : std::string(1, c);
    }
    MysqlConnection(server, of_writers)
        .run_script(fmt::format("CREATE DATABASE IF NOT EXISTS {}` CHARACTER SET utf8mb4", name));
}

std::unique_ptr<Lock> MysqlDatabase::lock_to_publish(Connection& connection, bool again) {
    auto lock = std::make_unique<ServerLock>(connection, lock_name("publish", address_.database));
    // A server takes its time to notice that the holder of a lock was killed.
    if (!lock->try_for(std::chrono::seconds(again ? 20 : 5))) {
        throw Error(ErrorKind::conflict, "another process is publishing to the database", where(),
                    "wait for it to end, then run again");
    }
    return lock;
}

std::unique_ptr<Lock> MysqlDatabase::lock_to_migrate(Connection& connection) {
    auto lock = std::make_unique<ServerLock>(connection, lock_name("migrate", address_.database));
    if (!lock->try_for(std::chrono::minutes(10))) {
        throw Error(ErrorKind::conflict, "another process is changing the schema of the database", where(),
                    "wait for it to end, then run again");
    }
    return lock;
}

}  // namespace bingefriend
