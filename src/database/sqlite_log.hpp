// The write-ahead log of a SQLite file, and whether it is that of the file.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>

namespace bingefriend {

// Whether the log has pages.  SQLite reads them in place of those of the file, whichever file is there now.
[[nodiscard]] bool has_log(const std::filesystem::path& file);

// Whether the log names another database than the file: somebody copied another one over it.  False if one of
// them names none.  Throws SQLite::Exception if `database`, which is open, cannot be read.
[[nodiscard]] bool has_log_of_another(const std::filesystem::path& file, SQLite::Database& database);

// Has a transaction write the id of the database, so that the log names it from its first page on.
void sign_log(SQLite::Database& database);

// What to do if the file is damaged.
[[nodiscard]] std::string remedy_for_damage(const std::filesystem::path& file);

}  // namespace bingefriend
