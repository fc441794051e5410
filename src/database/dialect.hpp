// SQL that differs between SQLite and MySQL.
#pragma once

#include <string_view>

namespace bingefriend {

struct Dialect {
    std::string_view begin_write;
    std::string_view begin_snapshot;
    std::string_view count_tables;        // tables and views of the database
    std::string_view count_tables_named;  // the same of one name
    std::string_view settle;              // run by `migrate` after the ownership check
};

extern const Dialect sqlite_dialect;
extern const Dialect mysql_dialect;

}  // namespace bingefriend
