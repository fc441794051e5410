// A MariaDB server of this test program's own: in a temporary folder, on a free port of the
// loopback, ended by its id.  For tests.
#pragma once

#include <mysql.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "database/database_url.hpp"

namespace bingefriend {

class TestMariadb {
  public:
    // The one server of the program, started when it is first asked for.
    static TestMariadb& server() {
        static TestMariadb started;
        return started;
    }

    TestMariadb(const TestMariadb&) = delete;
    TestMariadb& operator=(const TestMariadb&) = delete;
    ~TestMariadb() {
        stop();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    // An empty database with a name of its own.
    [[nodiscard]] MysqlAddress new_database() {
        MysqlAddress address = root();
        address.database = "test " + std::to_string(++databases_);
        run("CREATE DATABASE `" + address.database + "`");
        return address;
    }

    [[nodiscard]] MysqlAddress root() const {
        MysqlAddress address;
        address.host = "127.0.0.1";
        address.port = port_;
        address.user = "root";
        address.tls = address.verify = false;
        return address;
    }

    // Runs statements as root, in a database; the first column of the last answer's first row.
    std::string run(const std::string& sql, const std::string& database = "") {
        MYSQL* const connection = connected(database);
        if (connection == nullptr) {
            throw std::runtime_error("the test's server does not answer");
        }
        std::string first;
        int failed = mysql_real_query(connection, sql.data(), sql.size());
        while (failed == 0) {
            if (MYSQL_RES* const result = mysql_store_result(connection)) {
                const MYSQL_ROW row = mysql_fetch_row(result);
                first = row != nullptr && row[0] != nullptr ? row[0] : "";
                mysql_free_result(result);
            }
            failed = mysql_next_result(connection);
        }
        const std::string message = failed > 0 ? mysql_error(connection) : "";
        mysql_close(connection);
        if (!message.empty()) {
            throw std::runtime_error(message + ": " + sql);
        }
        return first;
    }

  private:
    TestMariadb() {
        // mariadb-install-db takes no folder with a space in its name.
        std::string name = (std::filesystem::temp_directory_path() / "bingefriend-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make a temporary folder");
        }
        folder_ = name;
        install();
        for (int attempt = 0; attempt < 5 && !start(); ++attempt) {  // another may take the port
        }
        if (process_ <= 0) {
            throw std::runtime_error("the test's server does not start: " + log());
        }
    }

    [[nodiscard]] std::vector<std::string> common() const {
        std::vector<std::string> options{"--no-defaults", "--datadir=" + (folder_ / "data").string()};
        if (::geteuid() == 0) {
            options.emplace_back("--user=root");
        }
        return options;
    }

    void install() {
        std::vector<std::string> command{"mariadb-install-db"};
        for (const std::string& option : common()) {
            command.push_back(option);
        }
        // --force: a container may have no /etc/hosts, and the server asks for no name.
        command.insert(command.end(),
                       {"--auth-root-authentication-method=normal", "--skip-test-db", "--force"});
        int status = 0;
        ::waitpid(launched(command), &status, 0);
        if (status != 0) {
            throw std::runtime_error("mariadb-install-db failed: " + log());
        }
    }

    bool start() {
        port_ = free_port();
        std::vector<std::string> command{"mariadbd"};
        for (const std::string& option : common()) {
            command.push_back(option);
        }
        command.insert(command.end(), {"--bind-address=127.0.0.1", "--port=" + std::to_string(port_),
                                       "--socket=" + (folder_ / "socket").string(),
                                       "--tmpdir=" + folder_.string(), "--innodb-flush-log-at-trx-commit=0",
                                       "--innodb-log-file-size=16M", "--innodb-buffer-pool-size=32M",
                                       "--skip-performance-schema", "--max-connections=50"});
        process_ = launched(command);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (std::chrono::steady_clock::now() < deadline && ::waitpid(process_, nullptr, WNOHANG) == 0) {
            if (MYSQL* const connection = connected("")) {
                mysql_close(connection);
                return true;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        stop();
        return false;
    }

    void stop() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);  // its files go with the folder
            ::waitpid(process_, nullptr, 0);
        }
        process_ = 0;
    }

    [[nodiscard]] MYSQL* connected(const std::string& database) const {
        MYSQL* const connection = mysql_init(nullptr);
        if (mysql_real_connect(connection, "127.0.0.1", "root", "",
                               database.empty() ? nullptr : database.c_str(), port_, nullptr,
                               CLIENT_MULTI_STATEMENTS) == nullptr) {
            mysql_close(connection);
            return nullptr;
        }
        return connection;
    }

    [[nodiscard]] pid_t launched(const std::vector<std::string>& command) const {
        const std::string log_file = (folder_ / "log").string();
        std::vector<char*> arguments;
        for (const std::string& argument : command) {
            arguments.push_back(const_cast<char*>(argument.c_str()));
        }
        arguments.push_back(nullptr);
        const pid_t process = ::fork();
        if (process == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // not even a killed test leaves it behind
            if (std::freopen(log_file.c_str(), "a", stdout) == nullptr ||
                ::dup2(::fileno(stdout), STDERR_FILENO) < 0) {
                ::_exit(126);
            }
            ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin", 1);
            ::execvp(arguments[0], arguments.data());
            ::_exit(127);
        }
        return process;
    }

    [[nodiscard]] std::string log() const {
        std::ifstream file(folder_ / "log");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    static unsigned free_port() {
        const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listening, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("no free port");
        }
        ::close(listening);
        return ntohs(address.sin_port);
    }

    std::filesystem::path folder_;
    unsigned port_ = 0;
    pid_t process_ = 0;
    int databases_ = 0;
};

}  // namespace bingefriend
