#include "database/mysql_error.hpp"

#include <errmsg.h>
#include <fmt/format.h>
#include <mysqld_error.h>

namespace bingefriend {
namespace {

// Of servers of other makes or versions than the header's: their numbers are the same for all.
constexpr unsigned client_interaction_timeout = 4031;  // MySQL 8
constexpr unsigned session_was_killed = 3169;          // MySQL
constexpr unsigned read_only_mode = 1836;
constexpr unsigned connection_killed = 1927;  // MariaDB

bool is_connection_lost(unsigned code) {
    switch (code) {
        case CR_SERVER_GONE_ERROR:
        case CR_SERVER_LOST:
        case CR_SERVER_LOST_EXTENDED:
        case CR_CONNECTION_ERROR:
        case CR_CONN_HOST_ERROR:
        case ER_SERVER_SHUTDOWN:
        case ER_CON_COUNT_ERROR:
        case ER_UNKNOWN_COM_ERROR:  // WSREP has not yet prepared node for application use
        case ER_NET_READ_ERROR:
        case ER_NET_READ_INTERRUPTED:
        case ER_NET_ERROR_ON_WRITE:
        case ER_NET_WRITE_INTERRUPTED:
        case ER_OPTION_PREVENTS_STATEMENT:  // read-only: the name may lead to the new primary soon
        case read_only_mode:
        case connection_killed:
        case session_was_killed:
        case client_interaction_timeout:
            return true;
        default:
            return false;
    }
}

struct Meaning {
    const char* what;
    const char* remedy;
};

Meaning meaning_of(unsigned code) {
    switch (code) {
        case ER_ACCESS_DENIED_ERROR:
            return {"the database server refuses the user or the password", "check DATABASE_URL"};
        case ER_DBACCESS_DENIED_ERROR:
        case ER_TABLEACCESS_DENIED_ERROR:
        case ER_COLUMNACCESS_DENIED_ERROR:
        case ER_SPECIFIC_ACCESS_DENIED_ERROR:
            return {"the user of the database may not do this", "deploy/sql has the grants that are needed"};
        case ER_BAD_DB_ERROR:
            return {"there is no database", "run `bingefriend migrate`, or check DATABASE_URL"};
        case CR_CONNECTION_ERROR:
        case CR_CONN_HOST_ERROR:
        case CR_UNKNOWN_HOST:
            return {"cannot reach the database server", "check that it runs, and DATABASE_URL"};
        case CR_SSL_CONNECTION_ERROR:
            return {"no trusted TLS connection to the database server",
                    "name its authority with ssl_ca=FILE in DATABASE_URL"};
        case ER_CON_COUNT_ERROR:
            return {"the database server has too many connections", "try again, or raise max_connections"};
        case ER_NET_PACKET_TOO_LARGE:
        case CR_NET_PACKET_TOO_LARGE:
            return {"a record is larger than the database server takes", "set max_allowed_packet to 16M"};
        case ER_DISK_FULL:
        case ER_RECORD_FILE_FULL:
            return {"cannot write the database, the disk is full", "make room, then run again"};
        case ER_LOCK_DEADLOCK:
        case ER_LOCK_WAIT_TIMEOUT:
        case ER_CHECKREAD:
            return {"another program holds the rows of the database", "wait for it to end, then run again"};
        case ER_OPTION_PREVENTS_STATEMENT:
        case read_only_mode:
            return {"the database server is read-only", "name the primary server in DATABASE_URL"};
        default:
            return is_connection_lost(code) ? Meaning{"the connection to the database was lost", "run again"}
                                            : Meaning{"the database refused a statement", ""};
    }
}

// Another transaction was in the way; ER_CHECKREAD: under innodb_snapshot_isolation of MariaDB.
bool is_conflict(unsigned code) {
    return code == ER_LOCK_DEADLOCK || code == ER_LOCK_WAIT_TIMEOUT || code == ER_CHECKREAD;
}

// A handshake of TLS that was cut off reports what a certificate that is not trusted does.
bool is_cut_handshake(unsigned code, const std::string& message) {
    return code == CR_SSL_CONNECTION_ERROR && message.find("ertificate") == std::string::npos;
}

}  // namespace

DatabaseError mysql_error(unsigned code, const std::string& message, const std::string& where) {
    const Failure failure = is_connection_lost(code) || is_cut_handshake(code, message)
                                ? Failure::connection_lost
                            : is_conflict(code)       ? Failure::passing
                            : code == ER_BAD_DB_ERROR ? Failure::no_database
                                                      : Failure::lasting;
    const Meaning meaning = meaning_of(code);
    const std::string said = fmt::format("{} ({})", message, code);
    return {failure, ErrorKind::unavailable, meaning.what, where,
            *meaning.remedy == '\0' ? said : fmt::format("{}; {}", said, meaning.remedy)};
}

}  // namespace bingefriend
