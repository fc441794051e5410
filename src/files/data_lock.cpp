#include "files/data_lock.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "files/download_folder.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_lock_bytes = 1 << 16;

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

bool is_alive(const Json& holder) {
    const auto process = static_cast<pid_t>(holder.value("process", std::int64_t{0}));
    return process > 0 && holder.value("host", "") == host_name() &&
           (::kill(process, 0) == 0 || errno != ESRCH);
}

std::string text_of(const Json& holder) {
    const std::string host = holder.value("host", "");
    return fmt::format("`bingefriend {}` holds it, process {}{}, since {}", holder.value("command", ""),
                       holder.value("process", std::int64_t{0}), host == host_name() ? "" : " on " + host,
                       holder.value("since", ""));
}

// Of several that share the folder one that still runs, where that can be seen.
std::string holder_in(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(max_lock_bytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    std::string found = "another process holds it";
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos;
         begin = end + 1) {
        try {
            const Json holder = Json::parse(text.substr(begin, end - begin));
            const std::string line = text_of(holder);
            if (is_alive(holder)) {
                return line;
            }
            found = line;
        } catch (const Json::exception&) {  // who wrote this does not say who it is
        }
    }
    return found;
}

void remove_leftovers(const std::filesystem::path& data_dir) {
    remove_temporary_files(data_dir);
    remove_temporary_files(data_dir / "runs");
    std::error_code ignored;  // the next download tells better what is wrong
    std::filesystem::remove_all(DownloadFolder::hidden_in(data_dir), ignored);
}

}  // namespace

DataLock::DataLock(std::filesystem::path data_dir, Hold hold, const std::string& command,
                   const std::string& since, const Wait& wait)
    : data_dir_(std::move(data_dir)), path_(data_dir_ / ".lock"), hold_(hold) {
    if (hold == Hold::exclusive) {
        std::error_code ignored;  // writing the files tells better what is wrong
        std::filesystem::create_directories(data_dir_, ignored);
    }
    while (!try_lock(hold)) {
        const std::string holder = holder_in(path_);
        if (!wait) {
            throw Error(ErrorKind::conflict, "the folder is in use", data_dir_.string(),
                        fmt::format("{}: wait until it has ended, or run with --wait", holder));
        }
        wait(holder);
    }
    if (lock_) {
        sign(hold, command, since);
        if (hold == Hold::exclusive) {
            remove_leftovers(data_dir_);
        }
    }
}

DataLock::~DataLock() {
    if (lock_) {
        lock_->remove(path_);
    }
}

void DataLock::abandon() noexcept {
    if (lock_) {
        if (hold_ == Hold::exclusive) {
            remove_own_temporary_files(data_dir_);
            std::error_code ignored;  // the next run removes the rest
            std::filesystem::remove_all(DownloadFolder::hidden_in(data_dir_), ignored);
        }
        remove_own_temporary_files(data_dir_ / "runs");
        lock_->remove(path_);
    }
}

// False where another holds the folder; without a lock where there can be none.
bool DataLock::try_lock(Hold hold) {
    try {
        lock_ = LockFile::try_hold(path_, hold);
        return lock_.has_value();
    } catch (const std::system_error& error) {
        if (has_no_locks(error.code().value())) {
            warning_ = fmt::format("{} lies on a file system without locks: let one run at a time use it",
                                   data_dir_.string());
        }
        return true;
    }
}

void DataLock::sign(Hold hold, const std::string& command, const std::string& since) {
    const Json holder{{"process", ::getpid()}, {"host", host_name()}, {"command", command}, {"since", since}};
    const std::string line = holder.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    const int file = lock_->descriptor();
    // Nothing depends on it: who cannot write here, or finds the disk full, still holds the lock.
    if (hold == Hold::exclusive && ::ftruncate(file, 0) != 0) {
        return;
    }
    (void)::lseek(file, 0, SEEK_END);
    [[maybe_unused]] const ssize_t written = ::write(file, line.data(), line.size());
}

}  // namespace bingefriend
