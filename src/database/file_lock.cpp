#include "database/file_lock.hpp"

#include <optional>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {
namespace {

LockFile held(const std::filesystem::path& database) {
    std::filesystem::path path = database;
    path += ".publish.lock";
    std::optional<LockFile> lock;
    try {
        lock = LockFile::try_hold(path, Hold::exclusive);
    } catch (const std::system_error& error) {
        throw Error(ErrorKind::unavailable, "cannot lock the database for publishing", path.string(),
                    error.code().message());
    }
    if (!lock) {
        throw Error(ErrorKind::conflict, "another process is publishing to the database", database.string(),
                    "wait for it to end, then run again");
    }
    return *std::move(lock);
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& database) : file_(held(database)) {}

}  // namespace bingefriend
