#include "store/database_url.hpp"

#include <charconv>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view forms = "give sqlite:///relative/path or sqlite:////absolute/path";

// %41 -> A; what is no escape stays.
std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const char* const digits = text.data() + i + 1;
            if (const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
                error == std::errc{} && end == digits + 2) {
                result += static_cast<char>(value);
                i += 2;
                continue;
            }
        }
        result += text[i];
    }
    return result;
}

}  // namespace

DatabaseUrl DatabaseUrl::parse(std::string_view url) {
    const std::string_view scheme = url.substr(0, url.find(':'));
    if (scheme == "mysql" || scheme == "mysql+pymysql" || scheme == "mariadb") {
        throw Error(ErrorKind::usage, "DATABASE_URL names a MySQL database, which is not supported yet", "",
                    forms);
    }
    constexpr std::string_view prefix = "sqlite:///";
    if (!url.starts_with(prefix)) {
        throw Error(ErrorKind::usage, "DATABASE_URL is not understood", "", forms);
    }
    url.remove_prefix(prefix.size());
    if (url.find('?') != std::string_view::npos) {
        throw Error(ErrorKind::usage, "DATABASE_URL has parameters, and SQLite takes none", "", forms);
    }
    const std::string path = unescaped(url);
    if (path.empty() || path == ":memory:") {
        throw Error(ErrorKind::usage, "DATABASE_URL names no file, and several programs share the database",
                    "", forms);
    }
    return {path};
}

std::string DatabaseUrl::display() const {
    return path.string();
}

}  // namespace bingefriend
