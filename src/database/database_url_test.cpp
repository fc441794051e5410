#include "database/database_url.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace bingefriend {
namespace {

std::filesystem::path path_of(std::string_view url) {
    return std::get<std::filesystem::path>(DatabaseUrl::parse(url).place);
}

MysqlAddress server_of(std::string_view url) {
    return std::get<MysqlAddress>(DatabaseUrl::parse(url).place);
}

TEST(DatabaseUrl, names_a_file_relative_or_absolute) {
    EXPECT_EQ(path_of("sqlite:///data/recommendations.db"), "data/recommendations.db");
    EXPECT_EQ(path_of("sqlite:////var/lib/b.db"), "/var/lib/b.db");
    EXPECT_EQ(path_of("sqlite:///a%20folder/%C3%A9.db"), "a folder/é.db");
    EXPECT_EQ(path_of("sqlite:///100%.db"), "100%.db") << "what is no escape stays";
}

TEST(DatabaseUrl, names_a_server_as_sqlalchemy_does) {
    const MysqlAddress a =
        server_of("mysql+pymysql://tv%20user:p%40ss:/w?rd@db.example.org:3307/shows?charset=utf8mb4");
    EXPECT_EQ(a.user, "tv user");
    EXPECT_EQ(a.password.reveal(), "p@ss:/w?rd");
    EXPECT_EQ(a.host, "db.example.org");
    EXPECT_EQ(a.port, 3307u);
    EXPECT_EQ(a.database, "shows");
    EXPECT_EQ(server_of("mariadb://h/db").port, 3306u);
    EXPECT_EQ(server_of("mysql://u@h/db").password.reveal(), "");
    EXPECT_EQ(server_of("mysql:///db?unix_socket=/run/my%20socket").unix_socket, "/run/my socket");
    EXPECT_EQ(server_of("mysql+mysqldb://u:p@[::1]:3308/db").host, "::1");
    const MysqlAddress timed = server_of("mysql://h/db?connect_timeout=3&read_timeout=4&write_timeout=5");
    EXPECT_EQ(
        timed.connect_timeout.count() * 100 + timed.read_timeout.count() * 10 + timed.write_timeout.count(),
        345);
    EXPECT_EQ(DatabaseUrl::parse("mysql://u:secret@[::1]/db").display(), "mysql://[::1]:3306/db");
}

TEST(DatabaseUrl, verifies_every_server_that_is_not_this_machine_unless_told_otherwise) {
    const auto tls = [](const char* url) {
        const MysqlAddress a = server_of(url);
        return std::string(a.tls ? "tls" : "plain") + (a.verify ? ", verified" : "");
    };
    EXPECT_EQ(tls("mysql://db.example.org/db"), "tls, verified");
    EXPECT_EQ(tls("mysql://10.0.0.5/db"), "tls, verified");
    EXPECT_EQ(tls("mysql://db.example.org/db?ssl_verify_cert=false"), "tls");
    EXPECT_EQ(tls("mysql://db.example.org/db?ssl_disabled=true"), "plain");
    EXPECT_EQ(tls("mysql://db.example.org/db?ssl=false"), "plain");
    EXPECT_EQ(tls("mysql://localhost/db"), "plain");
    EXPECT_EQ(tls("mysql://127.0.0.1/db"), "plain");
    EXPECT_EQ(tls("mysql://[::1]/db"), "plain");
    EXPECT_EQ(tls("mysql:///db?unix_socket=/run/mysqld.sock"), "plain");
    EXPECT_EQ(tls("mysql://127.0.0.1/db?ssl=true"), "tls");
    EXPECT_EQ(tls("mysql://127.0.0.1/db?ssl_ca=ca.pem"), "tls, verified");
    EXPECT_EQ(tls("mysql://127.0.0.1/db?ssl_verify_cert=true"), "tls, verified");
    EXPECT_EQ(tls("mysql://localhost.example.org/db"), "tls, verified");
    EXPECT_EQ(tls("mysql://127.example.org/db"), "tls, verified") << "a name, not an address";
}

TEST(DatabaseUrl, of_any_other_form_is_refused_without_telling_a_password) {
    for (const char* url : {"",
                            "recommendations.db",
                            "sqlite://",
                            "sqlite:///",
                            "sqlite:///:memory:",
                            "sqlite:///a.db?x=1",
                            "postgres://u:secret@h/db",
                            "mysql:u:secret@h/db",
                            "mysql://u:secret@h",
                            "mysql://u:secret@h/",
                            "mysql://u:secret@h:0/db",
                            "mysql://u:secret@h:99999/db",
                            "mysql://u:secret@h:3x/db",
                            "mysql://u:secret@[::1/db",
                            "mysql://u:secret@h/db?charset=latin1",
                            "mysql://u:secret@h/db?ssl_verify_cert=maybe",
                            "mysql://u:secret@h/db?read_timeout=-1",
                            "mysql://u:secret@h/db?password=secret",
                            "mysql://u:secret@h/db?ssl_ca",
                            "mysql://u:p@secret@h/db",
                            "mysql://u:p@secret:w/rd#1@h/db",
                            "mysql://u:p@secret/rd@h/db",
                            "mysql://u:p@secret/rd?x=1@h/db",
                            "mysql://u:p@h/rd?secret=1@h/db",
                            "mysql://u/x:secret@h/db",
                            "mysql://u%3Asecret%40h/db",
                            "mysql://secret%2F@[x:secret]/db",
                            "mysql://u:p@[secret]/db"}) {
        try {
            (void)DatabaseUrl::parse(url);
            ADD_FAILURE() << url;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage) << url;
            EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace bingefriend
