// The rows of a prepared statement, as a MySQL server sends them.
#pragma once

#include <mysql.h>

#include <string>
#include <vector>

#include "database/connection.hpp"

namespace bingefriend {

class MysqlRows final : public Rows {
  public:
    // REQUIRES: the statement was executed.  Its answer is freed when the rows are destroyed.
    MysqlRows(MYSQL_STMT& statement, std::string where);
    ~MysqlRows() override;

    [[nodiscard]] bool next() override;
    [[nodiscard]] bool is_null(unsigned column) override { return columns_[column].is_null != 0; }
    [[nodiscard]] std::int64_t integer(unsigned column) override;
    [[nodiscard]] double real(unsigned column) override;
    [[nodiscard]] std::string text(unsigned column) override;

  private:
    struct Column {
        enum_field_types type = MYSQL_TYPE_STRING;  // LONGLONG, DOUBLE, or STRING for all else
        std::int64_t integer = 0;
        double real = 0;
        std::vector<char> text;
        unsigned long length = 0;
        my_bool is_null = 0;
        my_bool is_cut = 0;
    };

    void bind();

    MYSQL_STMT& statement_;
    std::string where_;
    std::vector<Column> columns_;
};

[[nodiscard]] DatabaseError error_of(MYSQL_STMT& statement, const std::string& where);

}  // namespace bingefriend
