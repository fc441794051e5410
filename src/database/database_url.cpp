#include "database/database_url.hpp"

#include "base/error.hpp"
#include "base/percent.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view forms =
    "give sqlite:///relative/path, sqlite:////absolute/path or mysql://user:password@host:port/database";

std::filesystem::path sqlite_path(std::string_view text) {
    if (text.find('?') != std::string_view::npos) {
        throw Error(ErrorKind::usage, "DATABASE_URL has parameters, and SQLite takes none", "", forms);
    }
    const std::string path = percent_decoded(text);
    if (path.empty() || path == ":memory:") {
        throw Error(ErrorKind::usage, "DATABASE_URL names no file, and several programs share the database",
                    "", forms);
    }
    return path;
}

// mysql, mariadb, and either with the name of a driver: mysql+pymysql.
bool is_mysql(std::string_view scheme) {
    const std::string_view dialect = scheme.substr(0, scheme.find('+'));
    return dialect == "mysql" || dialect == "mariadb";
}

}  // namespace

DatabaseUrl DatabaseUrl::parse(std::string_view url) {
    constexpr std::string_view sqlite = "sqlite:///";
    if (url.starts_with(sqlite)) {
        return {sqlite_path(url.substr(sqlite.size()))};
    }
    const std::size_t end = url.find("://");
    if (end != std::string_view::npos && is_mysql(url.substr(0, end))) {
        return {parse_mysql_address(url.substr(end + 3))};
    }
    throw Error(ErrorKind::usage, "DATABASE_URL is not understood", "", forms);
}

std::string DatabaseUrl::display() const {
    const auto* const path = std::get_if<std::filesystem::path>(&place);
    return path != nullptr ? path->string() : bingefriend::display(std::get<MysqlAddress>(place));
}

}  // namespace bingefriend
