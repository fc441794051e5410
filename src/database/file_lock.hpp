// The lock of a publisher to SQLite: a file beside the database.
#pragma once

#include <filesystem>

#include "base/lock_file.hpp"
#include "database/database.hpp"

namespace bingefriend {

class FileLock final : public Lock {
  public:
    // Throws Error{conflict} where another process holds it.
    explicit FileLock(const std::filesystem::path& database);

  private:
    LockFile file_;
};

}  // namespace bingefriend
