#include "artifacts/download_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& place, const char* reason) {
    throw Error(ErrorKind::unavailable, "cannot download into the folder", place.string(),
                std::string(reason) + ": check the folder and its rights");
}

bool is_still_at(int descriptor, const std::filesystem::path& place) {
    struct stat held {};
    struct stat there {};
    return ::fstat(descriptor, &held) == 0 && ::stat(place.c_str(), &there) == 0 &&
           held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

}  // namespace

DownloadFolder::DownloadFolder(std::filesystem::path folder)
    : folder_(std::move(folder)), hidden_(folder_ / ".download") {
    do {  // whoever held it may have removed it before the lock was ours
        if (lock_ >= 0) {
            ::close(lock_);
        }
        std::error_code error;
        std::filesystem::create_directories(hidden_, error);
        lock_ = ::open(hidden_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (lock_ < 0) {
            refuse(hidden_, std::strerror(errno));
        }
        if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
            ::close(lock_);
            throw Error(ErrorKind::conflict, "another download into the folder is running", folder_.string(),
                        "wait until it has ended");
        }
    } while (!is_still_at(lock_, hidden_));
    for (const auto& left_over : std::filesystem::directory_iterator(hidden_)) {
        std::filesystem::remove_all(left_over);
    }
}

DownloadFolder::~DownloadFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(hidden_, ignored);
    ::close(lock_);
}

void DownloadFolder::put_in_place(const std::vector<std::string>& names, const std::string& key) {
    try {
        std::filesystem::remove(folder_ / key);
        for (const std::string& name : names) {
            if (name != key) {
                std::filesystem::rename(hidden_ / name, folder_ / name);
            }
        }
        std::filesystem::rename(hidden_ / key, folder_ / key);
    } catch (const std::filesystem::filesystem_error& error) {
        refuse(folder_, error.code().message().c_str());
    }
}

}  // namespace bingefriend
