#include "database/sqlite_log.hpp"

#include <fmt/format.h>

#include <system_error>

namespace bingefriend {
namespace {

constexpr const char* select_id = "SELECT id FROM database_identity";

std::string uri_of(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        uri += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02x}", c) : std::string(1, c);
    }
    return uri + "?immutable=1";
}

// The id that stands in the file itself; empty if none can be read.  The file is not locked: it may change
// meanwhile.
std::string id_in_file(const std::filesystem::path& file) {
    try {
        return SQLite::Database(uri_of(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX)
            .execAndGet(select_id)
            .getString();
    } catch (const SQLite::Exception&) {
        return {};
    }
}

std::string id_with_log(SQLite::Database& database) {
    return database.tableExists("database_identity") ? database.execAndGet(select_id).getString() : "";
}

}  // namespace

bool has_log(const std::filesystem::path& file) {
    std::error_code none;
    const auto size = std::filesystem::file_size(file.string() + "-wal", none);
    return !none && size > 0;
}

bool has_log_of_another(const std::filesystem::path& file, SQLite::Database& database) {
    if (!has_log(file)) {
        return false;
    }
    const std::string in_file = id_in_file(file);
    const std::string with_log = in_file.empty() ? "" : id_with_log(database);
    return !with_log.empty() && in_file != with_log;
}

void sign_log(SQLite::Database& database) {
    // A row that stays as it is would not be written.
    database.exec(
        "UPDATE database_identity SET id = id || '.'; UPDATE database_identity SET id = rtrim(id, '.')");
}

std::string remedy_for_damage(const std::filesystem::path& file) {
    constexpr const char* restore = "restore a copy, or remove the file and run `bingefriend pipeline`";
    return has_log(file)
               ? fmt::format(
                     "if the file was copied over the one before, stop what uses it, then remove {0}-wal "
                     "and {0}-shm; else {1}",
                     file.string(), restore)
               : restore;
}

}  // namespace bingefriend
