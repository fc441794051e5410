// SQLite: a file, and the locks of its publishers.
#pragma once

#include <chrono>
#include <filesystem>

#include "database/database.hpp"

namespace bingefriend {

class SqliteDatabase final : public Database {
  public:
    // `busy_timeout`: how long a lock of another program is waited for.
    explicit SqliteDatabase(std::filesystem::path path,
                            std::chrono::milliseconds busy_timeout = std::chrono::seconds(5));

    [[nodiscard]] std::unique_ptr<Connection> connect(Access access) override;
    [[nodiscard]] std::unique_ptr<Lock> lock_to_publish(Connection& connection, bool again) override;
    [[nodiscard]] std::unique_ptr<Lock> lock_to_migrate(Connection& connection) override;
    [[nodiscard]] Place place() const noexcept override;
    [[nodiscard]] bool connections_share_state() const noexcept override { return true; }
    [[nodiscard]] std::string where() const override { return path_.string(); }

  private:
    std::filesystem::path path_;
    std::filesystem::path index_path_;  // of the write-ahead log
    std::chrono::milliseconds busy_timeout_;
};

}  // namespace bingefriend
