#include "database/dialect.hpp"

namespace bingefriend {

const Dialect sqlite_dialect{
    .begin_write = "BEGIN IMMEDIATE",
    .begin_snapshot = "BEGIN",
    .count_tables = "SELECT COUNT(*) FROM sqlite_master",
    .count_tables_named = "SELECT COUNT(*) FROM sqlite_master WHERE name = ?",
    .settle = "PRAGMA journal_mode = WAL",  // readers continue while a generation is written
};

const Dialect mysql_dialect{
    .begin_write = "START TRANSACTION",
    .begin_snapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT",
    .count_tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()",
    .count_tables_named =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?",
    .settle = "DO 0",
};

}  // namespace bingefriend
