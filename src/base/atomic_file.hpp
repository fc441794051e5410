// A file that is complete or absent: written under another name, then renamed.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/lock_file.hpp"

namespace bingefriend {

// Throws Error{unavailable} with the path and the system's reason if the disk refuses.
class AtomicFile {
  public:
    // Makes the folder if it is missing, and a temporary file in it that no other writer has.  Removes the
    // temporary files for the same path whose writers were killed.  `mode`: the rights of the file,
    // of which the umask takes its part.
    explicit AtomicFile(std::filesystem::path path, mode_t mode = 0666);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();  // removes the temporary file unless it was committed

    void write(std::string_view bytes);

    // Renames the file to its path; an older file there stays until then.
    void commit();

  private:
    [[noreturn]] void fail(const char* what, int reason) const;

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    std::optional<LockFile> lock_;  // says that the temporary file has a writer
    std::FILE* file_ = nullptr;
};

// Removes the temporary files in the folder whose writers were killed, for whatever path.
void remove_temporary_files(const std::filesystem::path& folder);

// Removes those of this process, also while they are written: their commit() then throws.
void remove_own_temporary_files(const std::filesystem::path& folder) noexcept;

}  // namespace bingefriend
