#include "artifacts/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "domain/error.hpp"

namespace bingefriend {

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
    std::error_code ignored;  // opening tells better what is wrong
    if (path_.has_parent_path()) {
        std::filesystem::create_directories(path_.parent_path(), ignored);
    }
    // One writer at a time has this name; what a killed one left is overwritten.
    temporary_ = path_;
    temporary_ += ".part";
    file_ = std::fopen(temporary_.c_str(), "wb");
    if (file_ == nullptr) {
        fail("cannot create the file");
    }
}

AtomicFile::~AtomicFile() {
    if (file_ != nullptr) {
        std::fclose(file_);
        ::unlink(temporary_.c_str());
    }
}

void AtomicFile::write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
        fail("cannot write the file");
    }
}

void AtomicFile::commit() {
    if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) {
        fail("cannot write the file");
    }
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
        fail("cannot put the file in place");
    }
    std::fclose(std::exchange(file_, nullptr));
}

void AtomicFile::fail(const char* what) const {
    const int reason = errno;
    throw Error(ErrorKind::unavailable, what, path_.string(),
                std::string(std::strerror(reason)) + (reason == ENOSPC || reason == EDQUOT || reason == EFBIG
                                                          ? ": make room and run again"
                                                          : ": check the folder and its rights"));
}

}  // namespace bingefriend
