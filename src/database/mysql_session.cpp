#include "database/mysql_session.hpp"

#include <fmt/format.h>

namespace bingefriend {
namespace {

// Variables that MySQL and MariaDB both have.
constexpr const char* of_both =
    // A statement means the same.
    "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, "
    "completion_type = 0, "
    "sql_auto_is_null = 0, foreign_key_checks = 1, unique_checks = 1, default_storage_engine = 'InnoDB', "
    // The server may ignore the character set that the client names when it connects.
    "character_set_client = utf8mb4, character_set_results = utf8mb4, collation_connection = utf8mb4_bin, "
    // All rows are read, compared in full and may be deleted.  max_join_size resets sql_big_selects, so it is
    // first.
    "sql_select_limit = 18446744073709551615, max_join_size = 18446744073709551615, sql_big_selects = 1, "
    "sql_safe_updates = 0, max_sort_length = 1024, "
    // Seconds.  A publication writes and reads back for minutes, and waits for the locks of others.
    "net_read_timeout = 600, net_write_timeout = 600, innodb_lock_wait_timeout = 50, lock_wait_timeout = 600";

// Comments to all servers but the one that is named: MariaDB skips what is for MySQL 5.7 and newer, MySQL
// skips /*M!.
constexpr const char* of_mysql = "/*!50708 , max_execution_time = 0 */";
constexpr const char* of_mariadb =
    "/*M!100300 , max_statement_time = 0, idle_transaction_timeout = 0, idle_readonly_transaction_timeout = "
    "0, "
    "idle_write_transaction_timeout = 0 */";

}  // namespace

std::vector<std::string> session_settings(std::chrono::seconds idle) {
    return {
        fmt::format("SET SESSION {}, wait_timeout = {} {} {}", of_both, idle.count(), of_mysql, of_mariadb),
        "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE"};
}

}  // namespace bingefriend
