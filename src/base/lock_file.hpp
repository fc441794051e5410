// A lock file (flock). The kernel releases the lock however the process ends.
//
// The only use of flock in the program. On NFS, Linux turns it into a lock of the server.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace bingefriend {

enum class Hold { shared, exclusive };

class LockFile {
  public:
    // Opens or creates the file and locks it. Empty if another process holds it.
    // Throws std::system_error if the file cannot be opened or its file system has no locks.
    [[nodiscard]] static std::optional<LockFile> try_hold(const std::filesystem::path& file, Hold hold);

    // Creates the file and locks it exclusively. Empty if the file exists. Without locks in the file system,
    // it only creates the file. Throws std::system_error if it cannot be created.
    [[nodiscard]] static std::optional<LockFile> create(const std::filesystem::path& file,
                                                        mode_t mode = 0666);

    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    ~LockFile();  // releases the lock; the file stays

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    // Removes the file unless others hold it too. A process that has opened it meanwhile locks a new one.
    void remove(const std::filesystem::path& file) noexcept;

  private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

// True if a process holds the file exclusively, or if that is unknown. False if there is no file.
[[nodiscard]] bool is_held(const std::filesystem::path& file);

// Removes the file if nobody holds it.
void remove_unless_held(const std::filesystem::path& file) noexcept;

// True if the error means that the file system has no locks.
[[nodiscard]] bool has_no_locks(int error) noexcept;

}  // namespace bingefriend
