#include "database/mysql_rows.hpp"

#include <cstdlib>
#include <utility>

#include "database/mysql_error.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t usual_text = 512;  // longer ones are fetched in a second step

enum_field_types bound_type(const MYSQL_FIELD& field) {
    switch (field.type) {
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_LONGLONG:
            return MYSQL_TYPE_LONGLONG;
        case MYSQL_TYPE_FLOAT:
        case MYSQL_TYPE_DOUBLE:
            return MYSQL_TYPE_DOUBLE;
        default:
            return MYSQL_TYPE_STRING;
    }
}

}  // namespace

DatabaseError error_of(MYSQL_STMT& statement, const std::string& where) {
    return mysql_error(mysql_stmt_errno(&statement), mysql_stmt_error(&statement), where);
}

MysqlRows::MysqlRows(MYSQL_STMT& statement, std::string where)
    : statement_(statement), where_(std::move(where)), columns_(mysql_stmt_field_count(&statement)) {
    MYSQL_RES* const description = mysql_stmt_result_metadata(&statement_);
    if (description == nullptr) {
        throw error_of(statement_, where_);
    }
    const MYSQL_FIELD* const fields = mysql_fetch_fields(description);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        columns_[i].type = bound_type(fields[i]);
        columns_[i].text.resize(columns_[i].type == MYSQL_TYPE_STRING ? usual_text : 0);
    }
    mysql_free_result(description);
    bind();
}

void MysqlRows::bind() {
    std::vector<MYSQL_BIND> binds(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Column& column = columns_[i];
        MYSQL_BIND& bind = binds[i];
        bind.buffer_type = column.type;
        bind.buffer = column.type == MYSQL_TYPE_LONGLONG ? static_cast<void*>(&column.integer)
                      : column.type == MYSQL_TYPE_DOUBLE ? static_cast<void*>(&column.real)
                                                         : column.text.data();
        bind.buffer_length = static_cast<unsigned long>(column.text.size());
        bind.length = &column.length;
        bind.is_null = &column.is_null;
        bind.error = &column.is_cut;
    }
    if (mysql_stmt_bind_result(&statement_, binds.data()) != 0) {
        throw error_of(statement_, where_);
    }
}

MysqlRows::~MysqlRows() {
    mysql_stmt_free_result(&statement_);
}

bool MysqlRows::next() {
    switch (mysql_stmt_fetch(&statement_)) {
        case 0:
        case MYSQL_DATA_TRUNCATED:
            return true;
        case MYSQL_NO_DATA:
            return false;
        default:
            throw error_of(statement_, where_);
    }
}

std::int64_t MysqlRows::integer(unsigned column) {
    const Column& c = columns_[column];
    if (c.is_null != 0) {
        return 0;
    }
    return c.type == MYSQL_TYPE_LONGLONG ? c.integer
           : c.type == MYSQL_TYPE_DOUBLE ? static_cast<std::int64_t>(c.real)
                                         : std::strtoll(text(column).c_str(), nullptr, 10);
}

double MysqlRows::real(unsigned column) {
    const Column& c = columns_[column];
    if (c.is_null != 0) {
        return 0;
    }
    return c.type == MYSQL_TYPE_DOUBLE     ? c.real
           : c.type == MYSQL_TYPE_LONGLONG ? static_cast<double>(c.integer)
                                           : std::strtod(text(column).c_str(), nullptr);
}

std::string MysqlRows::text(unsigned column) {
    Column& c = columns_[column];
    if (c.is_null != 0) {
        return {};
    }
    if (c.type != MYSQL_TYPE_STRING) {
        return std::to_string(integer(column));
    }
    if (c.length <= c.text.size()) {
        return {c.text.data(), c.length};
    }
    std::string whole(c.length, '\0');
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = whole.data();
    bind.buffer_length = c.length;
    if (mysql_stmt_fetch_column(&statement_, &bind, column, 0) != 0) {
        throw error_of(statement_, where_);
    }
    return whole;
}

}  // namespace bingefriend
