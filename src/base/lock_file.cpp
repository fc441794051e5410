#include "base/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace bingefriend {
namespace {

[[noreturn]] void fail(int error, const std::filesystem::path& file) {
    throw std::system_error(error, std::generic_category(), file.string());
}

int opened(const std::filesystem::path& file) {
    int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0 && (errno == EACCES || errno == EROFS)) {  // another user's file can still be locked
        const int error = errno;
        descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        errno = error;
    }
    return descriptor;
}

// A holder that ends may have removed the file between our opening and locking it.
bool is_at(int descriptor, const std::filesystem::path& file) {
    struct stat held {};
    struct stat there {};
    return ::fstat(descriptor, &held) == 0 && ::stat(file.c_str(), &there) == 0 &&
           held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

// 0, or the reason; EWOULDBLOCK where another holds it.
int locked(int descriptor, int operation) {
    int result = 0;
    do {
        result = ::flock(descriptor, operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

}  // namespace

std::optional<LockFile> LockFile::try_hold(const std::filesystem::path& file, Hold hold) {
    for (;;) {
        LockFile lock(opened(file));
        if (lock.descriptor_ < 0) {
            fail(errno, file);
        }
        const int error = locked(lock.descriptor_, (hold == Hold::shared ? LOCK_SH : LOCK_EX) | LOCK_NB);
        if (error == EWOULDBLOCK) {
            return std::nullopt;
        }
        if (error != 0) {
            fail(error, file);
        }
        if (is_at(lock.descriptor_, file)) {
            return lock;
        }
    }
}

std::optional<LockFile> LockFile::create(const std::filesystem::path& file, mode_t mode) {
    for (;;) {
        LockFile lock(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (lock.descriptor_ < 0) {
            if (errno == EEXIST) {
                return std::nullopt;
            }
            fail(errno, file);
        }
        const int error = locked(lock.descriptor_, LOCK_EX);  // others hold it for a moment only
        if (error != 0 && !has_no_locks(error)) {
            fail(error, file);
        }
        if (is_at(lock.descriptor_, file)) {
            return lock;
        }
    }
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

LockFile::~LockFile() {
    if (descriptor_ >= 0) {
        const int error = errno;
        ::close(descriptor_);
        errno = error;
    }
}

void LockFile::remove(const std::filesystem::path& file) noexcept {
    if (locked(descriptor_, LOCK_EX | LOCK_NB) == 0) {
        ::unlink(file.c_str());
    }
}

bool is_held(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno != ENOENT;
    }
    const bool held = locked(descriptor, LOCK_SH | LOCK_NB) != 0;
    ::close(descriptor);
    return held;
}

void remove_unless_held(const std::filesystem::path& file) noexcept {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        if (locked(descriptor, LOCK_EX | LOCK_NB) == 0 && is_at(descriptor, file)) {
            ::unlink(file.c_str());
        }
        ::close(descriptor);
    }
}

bool has_no_locks(int error) noexcept {
    return error == ENOLCK || error == ENOSYS || error == EOPNOTSUPP || error == EINVAL;
}

}  // namespace bingefriend
