// DATABASE_URL in SQLAlchemy's spelling.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "base/secret.hpp"

namespace bingefriend {

// A database on a MySQL or MariaDB server, and how to get there.
struct MysqlAddress {
    std::string host = "localhost";
    unsigned port = 3306;
    std::string unix_socket;  // where not empty: in place of host and port
    std::string user;
    Secret password;
    std::string database;

    // On by default for every host that is not this machine; `verify` checks the chain and the name.
    bool tls = true;
    bool verify = true;
    std::string ssl_ca;  // a file; empty: the system's authorities
    std::string ssl_capath;
    std::string ssl_cert;
    std::string ssl_key;

    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds read_timeout{0};  // 0: what the use asks for
    std::chrono::seconds write_timeout{0};
};

// sqlite:///relative/path and sqlite:////absolute/path, or mysql://user:password@host:port/database
// with the options of a driver as parameters; percent-escapes decoded.
struct DatabaseUrl {
    std::variant<std::filesystem::path, MysqlAddress> place;

    // Throws Error{usage} for any other form; no message holds a password.
    [[nodiscard]] static DatabaseUrl parse(std::string_view url);

    // How messages name the database; without secrets.
    [[nodiscard]] std::string display() const;
};

// "mysql://host:3306/database".
[[nodiscard]] std::string display(const MysqlAddress& address);

// Takes "user:password@host:3306/database?parameters".  Throws Error{usage}.
[[nodiscard]] MysqlAddress parse_mysql_address(std::string_view text);

}  // namespace bingefriend
