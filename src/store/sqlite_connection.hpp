// A connection to an SQLite database, and what its failures mean to a person.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>

#include "domain/error.hpp"

namespace bingefriend {

enum class Access { read, write, create };

class SqliteConnection {
  public:
    // Throws Error{unavailable} where the file is not there (but for `create`) or may not be opened,
    // Error{foreign} where it is no SQLite database.
    SqliteConnection(std::filesystem::path path, Access access, std::chrono::milliseconds busy_timeout);

    [[nodiscard]] SQLite::Database& database() noexcept { return database_; }
    [[nodiscard]] std::string where() const { return path_.string(); }

    // Runs `work`; a failure of SQLite within it leaves as Error.
    template <typename Work>
    decltype(auto) run(Work&& work) {
        try {
            return std::forward<Work>(work)();
        } catch (const SQLite::Exception& failure) {
            throw error_of(failure, path_);
        }
    }

    [[nodiscard]] static Error error_of(const SQLite::Exception& failure, const std::filesystem::path& path);

  private:
    std::filesystem::path path_;
    SQLite::Database database_;
};

}  // namespace bingefriend
