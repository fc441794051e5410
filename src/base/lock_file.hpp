// A file that a process holds: by flock, which the kernel releases when the process ends in whatever way.
//
// The one use of flock in the program.  On NFS, Linux turns it into a lock of the server.
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
    // Opens or creates the file and locks it; none where another process holds it.
    // Throws std::system_error where the file cannot be opened, or where its file system has no locks.
    [[nodiscard]] static std::optional<LockFile> try_hold(const std::filesystem::path& file, Hold hold);

    // Creates the file and locks it exclusively; none where the file exists.  Where the file system has no
    // locks it is created only.  Throws std::system_error where it cannot be created.
    [[nodiscard]] static std::optional<LockFile> create(const std::filesystem::path& file,
                                                        mode_t mode = 0666);

    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    ~LockFile();  // releases the lock; the file stays

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    // Removes the file, unless others hold it too.  Whoever opened it meanwhile locks a new one.
    void remove(const std::filesystem::path& file) noexcept;

  private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_ = -1;
};

// Whether a process holds the file exclusively; true where that cannot be known, false where there is none.
[[nodiscard]] bool is_held(const std::filesystem::path& file);

// Removes a file that nobody holds.
void remove_unless_held(const std::filesystem::path& file) noexcept;

// Whether this error says that the file system has no locks.
[[nodiscard]] bool has_no_locks(int error) noexcept;

}  // namespace bingefriend
