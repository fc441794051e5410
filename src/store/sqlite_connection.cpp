#include "store/sqlite_connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace bingefriend {
namespace {

SQLite::Database opened(const std::filesystem::path& path, Access access,
                        std::chrono::milliseconds busy_timeout) {
    std::error_code ignored;  // opening tells better what is wrong
    if (access == Access::create && path.has_parent_path()) {
        std::filesystem::create_directories(path.parent_path(), ignored);
    }
    if (access != Access::create && !std::filesystem::exists(path, ignored)) {
        throw Error(ErrorKind::unavailable, "there is no database", path.string(),
                    "run `bingefriend pipeline` first, or check DATABASE_URL");
    }
    const int flags = access == Access::read    ? SQLite::OPEN_READONLY
                      : access == Access::write ? SQLite::OPEN_READWRITE
                                                : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    try {
        SQLite::Database database(path.string(), flags, static_cast<int>(busy_timeout.count()));
        // SQLite opens lazily: this is where it finds out what the file is.
        (void)database.execAndGet("SELECT COUNT(*) FROM sqlite_master");
        return database;
    } catch (const SQLite::Exception& failure) {
        throw SqliteConnection::error_of(failure, path);
    }
}

}  // namespace

SqliteConnection::SqliteConnection(std::filesystem::path path, Access access,
                                   std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), database_(opened(path_, access, busy_timeout)) {}

Error SqliteConnection::error_of(const SQLite::Exception& failure, const std::filesystem::path& path) {
    const std::string where = path.string();
    switch (failure.getErrorCode()) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorKind::unavailable, "the database is locked by another program", where,
                    "wait for it to end, then run again"};
        case SQLITE_NOTADB:
            return {ErrorKind::foreign, "the file is no SQLite database", where, "check DATABASE_URL"};
        case SQLITE_CANTOPEN:
            return {ErrorKind::unavailable, "cannot open the database", where,
                    "check the path and its rights"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorKind::unavailable, "cannot write the database", where,
                    "check the rights of the file and its folder"};
        case SQLITE_FULL:
        case SQLITE_IOERR:
            return {ErrorKind::unavailable, "cannot write the database, the disk is full or failing", where,
                    "make room, then run again"};
        case SQLITE_CORRUPT:
            return {ErrorKind::unavailable, "the database is damaged", where,
                    "restore a copy, or remove the file and run `bingefriend pipeline`"};
        default:
            return {ErrorKind::unavailable, "the database refused a statement", where,
                    fmt::format("{} ({})", failure.getErrorStr(), failure.what())};
    }
}

}  // namespace bingefriend
