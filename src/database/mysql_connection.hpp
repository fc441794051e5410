// A connection to a MySQL or MariaDB server.
#pragma once

#include <mysql.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "database/connection.hpp"
#include "database/database_url.hpp"

namespace bingefriend {

class MysqlConnection final : public Connection {
  public:
    // `idle`: how long the server keeps a session that asks nothing, and with it its locks.
    struct Patience {
        std::chrono::seconds read{10};
        std::chrono::seconds write{10};
        std::chrono::seconds idle{3'600};
    };

    MysqlConnection(const MysqlAddress& address, const Patience& patience);

    using Connection::execute;
    using Connection::query;
    [[nodiscard]] std::unique_ptr<Rows> query(std::string_view sql, std::span<const Value> values) override;
    void execute(std::string_view sql, std::span<const Value> values) override;
    void insert(std::string_view sql, std::size_t columns, std::span<const Value> values) override;
    void run_script(std::string_view sql) override;
    [[nodiscard]] bool is_alive() noexcept override;
    [[nodiscard]] const Dialect& dialect() const noexcept override { return mysql_dialect; }
    [[nodiscard]] std::string where() const override { return where_; }

  private:
    struct Close {
        void operator()(MYSQL* connection) const noexcept { mysql_close(connection); }
        void operator()(MYSQL_STMT* statement) const noexcept { mysql_stmt_close(statement); }
    };
    using Statement = std::unique_ptr<MYSQL_STMT, Close>;

    [[nodiscard]] DatabaseError error() const;
    [[nodiscard]] MYSQL_STMT& prepared(std::string_view sql);
    [[nodiscard]] Statement prepare(std::string_view sql);
    void run(MYSQL_STMT& statement, std::span<const Value> values);
    void drain_results();

    std::string where_;
    std::unique_ptr<MYSQL, Close> connection_;
    std::map<std::string, Statement, std::less<>> statements_;  // closed before the connection is
};

}  // namespace bingefriend
