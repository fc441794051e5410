#include "store/sqlite_database.hpp"

#include <sys/stat.h>

#include <utility>

#include "store/file_lock.hpp"
#include "store/sqlite_connection.hpp"

namespace bingefriend {

SqliteDatabase::SqliteDatabase(std::filesystem::path path, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), busy_timeout_(busy_timeout) {}

std::unique_ptr<Connection> SqliteDatabase::connect(Access access) {
    return std::make_unique<SqliteConnection>(path_, access, busy_timeout_);
}

Database::Place SqliteDatabase::place() const noexcept {
    struct stat found {};
    return ::stat(path_.c_str(), &found) == 0 ? Place{found.st_dev, found.st_ino} : Place{};
}

std::unique_ptr<Lock> SqliteDatabase::lock_to_publish(Connection&, bool) {
    return std::make_unique<FileLock>(path_);
}

std::unique_ptr<Lock> SqliteDatabase::lock_to_migrate(Connection&) {
    return nullptr;  // the transaction of each step is lock enough
}

}  // namespace bingefriend
