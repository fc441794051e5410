// MySQL and MariaDB: a server, and the locks of its publishers.
#pragma once

#include "database/database.hpp"
#include "database/database_url.hpp"

namespace bingefriend {

class MysqlDatabase final : public Database {
  public:
    explicit MysqlDatabase(MysqlAddress address) : address_(std::move(address)) {}

    [[nodiscard]] std::unique_ptr<Connection> connect(Access access) override;
    [[nodiscard]] std::unique_ptr<Lock> lock_to_publish(Connection& connection, bool again) override;
    [[nodiscard]] std::unique_ptr<Lock> lock_to_migrate(Connection& connection) override;
    [[nodiscard]] std::string where() const override { return display(address_); }

  private:
    void create_database() const;

    MysqlAddress address_;
};

}  // namespace bingefriend
