// The lock of DATA_DIR: one run at a time writes the folder, several may read it.
//
// DATA_DIR/.lock is locked with flock, so the kernel releases it when its holder ends in whatever way; it
// says who holds it and is removed at the end.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/lock_file.hpp"

namespace bingefriend {

class DataLock {
  public:
    // Called again and again while another holds the folder, with a line that says who; tries again when it
    // returns.  An empty one: the folder is not waited for.
    using Wait = std::function<void(const std::string& holder)>;

    // `command` and `since` (UTC, ISO 8601) tell others who holds the folder.  An exclusive holder makes the
    // folder and removes what runs that were killed left in it.
    // Throws Error{conflict} that says who holds the folder, and what `wait` throws.  Where the folder cannot
    // be written or its file system has no locks nothing is locked.
    DataLock(std::filesystem::path data_dir, Hold hold, const std::string& command, const std::string& since,
             const Wait& wait = {});
    DataLock(const DataLock&) = delete;
    DataLock& operator=(const DataLock&) = delete;
    ~DataLock();

    // Removes what this process leaves unfinished in the folder, then the lock. For a process that ends while
    // threads of its own may still be at work in the folder.
    void abandon() noexcept;

    // Why the folder is not locked, for people; empty where it is, or where it cannot be written anyway.
    [[nodiscard]] const std::string& warning() const noexcept { return warning_; }

  private:
    [[nodiscard]] bool try_lock(Hold hold);
    void sign(Hold hold, const std::string& command, const std::string& since);

    std::filesystem::path data_dir_;
    std::filesystem::path path_;
    Hold hold_;
    std::optional<LockFile> lock_;
    std::string warning_;
};

}  // namespace bingefriend
