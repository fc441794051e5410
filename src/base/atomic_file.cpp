#include "base/atomic_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view temporary_suffix = ".part";

// ".NAME.PROCESS-NUMBER.part": hidden, and of one writer.
std::string temporary_prefix(const std::string& name) {
    return "." + name + ".";
}

bool is_temporary(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix) || !name.ends_with(temporary_suffix)) {
        return false;
    }
    name.remove_suffix(temporary_suffix.size());
    const std::string_view number = name.substr(name.rfind('.') + 1);
    const std::size_t dash = number.find('-');
    const auto is_digits = [](std::string_view text) {
        return !text.empty() &&
               std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return dash != std::string_view::npos && is_digits(number.substr(0, dash)) &&
           is_digits(number.substr(dash + 1));
}

// Calls `use` with the path of every temporary file in the folder whose name begins with the prefix.
template <typename Use>
void each_temporary_file(const std::filesystem::path& folder, std::string_view prefix, Use use) {
    std::error_code failed;  // using the folder gives a better message
    for (auto entry = std::filesystem::directory_iterator(folder, failed);
         !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed)) {
        if (is_temporary(entry->path().filename().string(), prefix)) {
            use(entry->path());
        }
    }
}

std::filesystem::path folder_of_file(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

}  // namespace

void remove_temporary_files(const std::filesystem::path& folder) {
    each_temporary_file(folder, ".", remove_unless_held);
}

void remove_own_temporary_files(const std::filesystem::path& folder) noexcept {
    const std::string process = fmt::format(".{}-", ::getpid());
    each_temporary_file(folder, ".", [&](const std::filesystem::path& file) {
        const std::string name = file.filename().string();
        const std::size_t end = name.size() - temporary_suffix.size();
        if (name.substr(name.rfind('.', end - 1), process.size()) == process) {
            ::unlink(file.c_str());
        }
    });
}

AtomicFile::AtomicFile(std::filesystem::path path, mode_t mode) : path_(std::move(path)) {
    const std::filesystem::path folder = folder_of_file(path_);
    const std::string prefix = temporary_prefix(path_.filename().string());
    std::error_code ignored;  // creating the file gives a better message
    std::filesystem::create_directories(folder, ignored);
    each_temporary_file(folder, prefix, remove_unless_held);
    try {
        for (int number = 1; !lock_; ++number) {
            temporary_ = folder / fmt::format("{}{}-{}{}", prefix, ::getpid(), number, temporary_suffix);
            lock_ = LockFile::create(temporary_, mode);
        }
    } catch (const std::system_error& error) {
        fail("cannot create the file", error.code().value());
    }
    file_ = ::fdopen(::dup(lock_->descriptor()), "wb");
    if (file_ == nullptr) {
        const int reason = errno;
        ::unlink(temporary_.c_str());
        fail("cannot create the file", reason);
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
        fail("cannot write the file", errno);
    }
}

void AtomicFile::commit() {
    if (std::fflush(file_) != 0 || ::fsync(::fileno(file_)) != 0) {
        fail("cannot write the file", errno);
    }
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
        fail("cannot put the file in place", errno);
    }
    std::fclose(std::exchange(file_, nullptr));
    lock_.reset();
}

void AtomicFile::fail(const char* what, int reason) const {
    throw Error(ErrorKind::unavailable, what, path_.string(),
                std::string(std::strerror(reason)) + (reason == ENOSPC || reason == EDQUOT || reason == EFBIG
                                                          ? ": make room and run again"
                                                          : ": check the folder and its rights"));
}

}  // namespace bingefriend
