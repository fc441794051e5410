// A file that is whole or not there: written beside its place, then renamed into it.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string_view>

namespace bingefriend {

// Throws Error{unavailable} with the path and the system's reason where the disk refuses.
class AtomicFile {
  public:
    // Makes the folder where it is missing, and a temporary file in it.
    explicit AtomicFile(std::filesystem::path path);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();  // removes the temporary file unless it was committed

    void write(std::string_view bytes);

    // Puts the file in place; what stood there before stays until then.
    void commit();

  private:
    [[noreturn]] void fail(const char* what) const;

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    std::FILE* file_ = nullptr;
};

}  // namespace bingefriend
