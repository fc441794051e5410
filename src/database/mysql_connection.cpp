#include "database/mysql_connection.hpp"

#include <algorithm>
#include <mutex>

#include "database/mysql_error.hpp"
#include "database/mysql_rows.hpp"
#include "database/mysql_session.hpp"

namespace bingefriend {
namespace {

// A statement of many rows: 500 recommendations were as fast as any other number, and as fast as
// MariaDB's arrays, which MySQL does not take.  The protocol counts at most 65,535 values, and a
// statement must fit the server's max_allowed_packet.
constexpr std::size_t values_in_a_statement = 4'000;
constexpr std::size_t bytes_in_a_statement = 512 * 1'024;

void initialise_library() {
    static std::once_flag once;
    std::call_once(once, [] { mysql_library_init(0, nullptr, nullptr); });
}

void set(MYSQL* connection, mysql_option option, const std::string& value) {
    if (!value.empty()) {
        mysql_optionsv(connection, option, value.c_str());
    }
}

void set(MYSQL* connection, mysql_option option, std::chrono::seconds value) {
    const auto seconds = static_cast<unsigned>(value.count());
    mysql_optionsv(connection, option, &seconds);
}

void set(MYSQL* connection, mysql_option option, bool value) {
    const my_bool flag = value ? 1 : 0;
    mysql_optionsv(connection, option, &flag);
}

void set_tls(MYSQL* connection, const MysqlAddress& address) {
    if (!address.tls) {
        return;
    }
    set(connection, MYSQL_OPT_SSL_CA, address.ssl_ca);
    set(connection, MYSQL_OPT_SSL_CAPATH, address.ssl_capath);
    set(connection, MYSQL_OPT_SSL_CERT, address.ssl_cert);
    set(connection, MYSQL_OPT_SSL_KEY, address.ssl_key);
    set(connection, MYSQL_OPT_SSL_ENFORCE, true);
    set(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, address.verify);
}

std::chrono::seconds or_else(std::chrono::seconds given, std::chrono::seconds otherwise) {
    return given.count() > 0 ? given : otherwise;
}

std::size_t size_of(const Value& value) {
    if (const auto* const blob = std::get_if<Blob>(&value)) {
        return blob->bytes.size();
    }
    const auto* const text = std::get_if<std::string_view>(&value);
    return text == nullptr ? sizeof(std::int64_t) : text->size();
}

// How many rows the next statement takes.
std::size_t rows_in_next(std::size_t columns, std::span<const Value> values) {
    const std::size_t most = std::min(values.size() / columns, values_in_a_statement / columns);
    std::size_t bytes = 0;
    for (std::size_t row = 0; row < most; ++row) {
        for (const Value& value : values.subspan(row * columns, columns)) {
            bytes += size_of(value);
        }
        if (bytes > bytes_in_a_statement) {
            return std::max<std::size_t>(row, 1);
        }
    }
    return most;
}

// INSERT ... VALUES (?, ?) -> INSERT ... VALUES (?, ?), (?, ?), ...
std::string with_rows(std::string_view insert_of_one, std::size_t rows) {
    const std::size_t end = insert_of_one.rfind(')') + 1;
    const std::string_view row =
        insert_of_one.substr(insert_of_one.rfind('('), end - insert_of_one.rfind('('));
    std::string sql(insert_of_one.substr(0, end));
    sql.reserve(sql.size() + rows * (row.size() + 1));
    for (std::size_t i = 1; i < rows; ++i) {
        sql += ',';
        sql += row;
    }
    return sql;
}

MYSQL_BIND bound(const Value& value) {
    MYSQL_BIND bind{};
    if (const auto* const text = std::get_if<std::string_view>(&value)) {
        bind.buffer_type = MYSQL_TYPE_STRING;  // not BLOB: MySQL makes no JSON of bytes
        bind.buffer = const_cast<char*>(text->data());
        bind.buffer_length = static_cast<unsigned long>(text->size());
    } else if (const auto* const blob = std::get_if<Blob>(&value)) {
        bind.buffer_type = MYSQL_TYPE_BLOB;
        bind.buffer = const_cast<char*>(blob->bytes.data());
        bind.buffer_length = static_cast<unsigned long>(blob->bytes.size());
    } else if (const auto* const number = std::get_if<std::int64_t>(&value)) {
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.buffer = const_cast<std::int64_t*>(number);
    } else if (const auto* const real = std::get_if<double>(&value)) {
        bind.buffer_type = MYSQL_TYPE_DOUBLE;
        bind.buffer = const_cast<double*>(real);
    } else {
        bind.buffer_type = MYSQL_TYPE_NULL;
    }
    return bind;
}

}  // namespace

MysqlConnection::MysqlConnection(const MysqlAddress& address, const Patience& patience)
    : where_(bingefriend::display(address)) {
    initialise_library();
    connection_.reset(mysql_init(nullptr));
    if (!connection_) {
        throw std::bad_alloc();
    }
    MYSQL* const c = connection_.get();
    set(c, MYSQL_OPT_CONNECT_TIMEOUT, address.connect_timeout);
    set(c, MYSQL_OPT_READ_TIMEOUT, or_else(address.read_timeout, patience.read));
    set(c, MYSQL_OPT_WRITE_TIMEOUT, or_else(address.write_timeout, patience.write));
    set(c, MYSQL_SET_CHARSET_NAME, std::string("utf8mb4"));
    for (const std::string& statement : session_settings(patience.idle)) {
        set(c, MYSQL_INIT_COMMAND, statement);
    }
    set(c, MYSQL_REPORT_DATA_TRUNCATION, true);
    set_tls(c, address);
    const char* const socket = address.unix_socket.empty() ? nullptr : address.unix_socket.c_str();
    // "localhost" would mean the standard socket to the library.
    const char* const host = socket != nullptr             ? "localhost"
                             : address.host == "localhost" ? "127.0.0.1"
                                                           : address.host.c_str();
    if (mysql_real_connect(c, host, address.user.c_str(), address.password.reveal().c_str(),
                           address.database.empty() ? nullptr : address.database.c_str(), address.port,
                           socket, 0) == nullptr) {
        throw error();
    }
}

DatabaseError MysqlConnection::error() const {
    return mysql_error(mysql_errno(connection_.get()), mysql_error(connection_.get()), where_);
}

MysqlConnection::Statement MysqlConnection::prepare(std::string_view sql) {
    Statement statement(mysql_stmt_init(connection_.get()));
    if (!statement) {
        throw std::bad_alloc();
    }
    if (mysql_stmt_prepare(statement.get(), sql.data(), static_cast<unsigned long>(sql.size())) != 0) {
        throw error_of(*statement, where_);
    }
    return statement;
}

MYSQL_STMT& MysqlConnection::prepared(std::string_view sql) {
    auto at = statements_.find(sql);
    if (at == statements_.end()) {
        at = statements_.emplace(std::string(sql), prepare(sql)).first;
    }
    return *at->second;
}

void MysqlConnection::run(MYSQL_STMT& statement, std::span<const Value> values) {
    std::vector<MYSQL_BIND> binds(values.size());
    std::transform(values.begin(), values.end(), binds.begin(), bound);
    if ((!binds.empty() && mysql_stmt_bind_param(&statement, binds.data()) != 0) ||
        mysql_stmt_execute(&statement) != 0) {
        throw error_of(statement, where_);
    }
}

std::unique_ptr<Rows> MysqlConnection::query(std::string_view sql, std::span<const Value> values) {
    MYSQL_STMT& statement = prepared(sql);
    run(statement, values);
    return std::make_unique<MysqlRows>(statement, where_);
}

void MysqlConnection::execute(std::string_view sql, std::span<const Value> values) {
    run(prepared(sql), values);
}

void MysqlConnection::insert(std::string_view sql, std::size_t columns, std::span<const Value> values) {
    const std::size_t full = values_in_a_statement / columns;
    while (!values.empty()) {
        const std::size_t rows = rows_in_next(columns, values);
        const std::span<const Value> now = values.first(rows * columns);
        if (rows == full) {
            run(prepared(with_rows(sql, rows)), now);
        } else {
            run(*prepare(with_rows(sql, rows)), now);
        }
        values = values.subspan(now.size());
    }
}

void MysqlConnection::run_script(std::string_view sql) {
    // Several statements in one text are taken here alone, where nothing of a stranger's is in it.
    const bool several = sql.find(';') != std::string_view::npos;
    const auto check = [this](int failed) {
        if (failed != 0) {
            throw error();
        }
    };
    MYSQL* const c = connection_.get();
    if (several) {
        check(mysql_set_server_option(c, MYSQL_OPTION_MULTI_STATEMENTS_ON));
    }
    check(mysql_real_query(c, sql.data(), static_cast<unsigned long>(sql.size())));
    drain_results();
    if (several) {
        check(mysql_set_server_option(c, MYSQL_OPTION_MULTI_STATEMENTS_OFF));
    }
}

void MysqlConnection::drain_results() {
    for (int more = 0; more == 0;) {
        if (MYSQL_RES* const result = mysql_store_result(connection_.get())) {
            mysql_free_result(result);
        }
        more = mysql_next_result(connection_.get());
        if (more > 0) {
            throw error();
        }
    }
}

bool MysqlConnection::is_alive() noexcept {
    return mysql_ping(connection_.get()) == 0;
}

}  // namespace bingefriend
