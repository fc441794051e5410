// A connection to an SQLite database, and what its failures mean to a person.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "database/connection.hpp"
#include "database/database.hpp"

namespace bingefriend {

class SqliteConnection final : public Connection {
  public:
    // Throws Error{unavailable} where the file is not there (but for `create`) or may not be opened,
    // Error{foreign} where it is no SQLite database.
    SqliteConnection(std::filesystem::path path, Access access, std::chrono::milliseconds busy_timeout);

    using Connection::execute;
    using Connection::query;
    [[nodiscard]] std::unique_ptr<Rows> query(std::string_view sql, std::span<const Value> values) override;
    void execute(std::string_view sql, std::span<const Value> values) override;
    void insert(std::string_view sql, std::size_t columns, std::span<const Value> values) override;
    void run_script(std::string_view sql) override;
    [[nodiscard]] bool is_alive() noexcept override { return true; }
    void sign() override;
    void tidy_up() override;
    [[nodiscard]] std::string remedy_for_damage() const override;
    [[nodiscard]] const Dialect& dialect() const noexcept override { return sqlite_dialect; }
    [[nodiscard]] std::string where() const override { return path_.string(); }

  private:
    [[nodiscard]] SQLite::Statement& prepared(std::string_view sql);

    std::filesystem::path path_;
    SQLite::Database database_;
    std::map<std::string, SQLite::Statement, std::less<>> statements_;
};

}  // namespace bingefriend
