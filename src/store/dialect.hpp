// Where SQLite and MySQL differ in what they are told.
#pragma once

#include <span>
#include <string_view>

namespace bingefriend {

struct MigrationFile {
    std::string_view version, name, text;
};

struct Dialect {
    std::span<const MigrationFile> migrations;
    std::string_view begin_write;
    std::string_view begin_snapshot;
    std::string_view count_tables;        // tables and views of the database
    std::string_view count_tables_named;  // the same of one name
    std::string_view settle;              // told to a database once it is known to be ours
};

extern const Dialect sqlite_dialect;
extern const Dialect mysql_dialect;

}  // namespace bingefriend
