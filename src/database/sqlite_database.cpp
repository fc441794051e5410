#include "database/sqlite_database.hpp"

#include <sys/stat.h>

#include <utility>

#include "database/file_lock.hpp"
#include "database/sqlite_connection.hpp"

namespace bingefriend {

SqliteDatabase::SqliteDatabase(std::filesystem::path path, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), index_path_(path_.string() + "-shm"), busy_timeout_(busy_timeout) {}

std::unique_ptr<Connection> SqliteDatabase::connect(Access access) {
    return std::make_unique<SqliteConnection>(path_, access, busy_timeout_);
}

Database::Place SqliteDatabase::place() const noexcept {
    struct stat file {};
    struct stat index {};
    if (::stat(path_.c_str(), &file) != 0) {
        return {};
    }
    // SQLite maps FILE-shm into memory.  It is never shorter than this while a connection is open.
    constexpr off_t least = 32 * 1'024;
    const bool has_index = ::stat(index_path_.c_str(), &index) == 0 && index.st_size >= least;
    return {file.st_dev, file.st_ino, has_index ? index.st_ino : 0};
}

std::unique_ptr<Lock> SqliteDatabase::lock_to_publish(Connection&, bool) {
    return std::make_unique<FileLock>(path_);
}

std::unique_ptr<Lock> SqliteDatabase::lock_to_migrate(Connection&) {
    return nullptr;  // the transaction of each step is lock enough
}

}  // namespace bingefriend
