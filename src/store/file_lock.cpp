#include "store/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "domain/error.hpp"

namespace bingefriend {

FileLock::FileLock(const std::filesystem::path& database) {
    std::filesystem::path path = database;
    path += ".publish.lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) {
        throw Error(ErrorKind::unavailable, "cannot lock the database for publishing", path.string(),
                    std::strerror(errno));
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(file_);
        if (reason == EWOULDBLOCK) {
            throw Error(ErrorKind::conflict, "another process is publishing to the database",
                        database.string(), "wait for it to end, then run again");
        }
        throw Error(ErrorKind::unavailable, "cannot lock the database for publishing", path.string(),
                    std::strerror(reason));
    }
}

FileLock::~FileLock() {
    ::close(file_);
}

}  // namespace bingefriend
