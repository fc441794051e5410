// mysql://user:password@host:port/database?parameters, read as SQLAlchemy reads it.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/percent.hpp"
#include "base/text.hpp"
#include "database/database_url.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view form = "give mysql://user:password@host:port/database?ssl_ca=FILE";

[[noreturn]] void refuse(const std::string& what, std::string_view remedy = form) {
    throw Error(ErrorKind::usage, what, "", remedy);
}

template <typename Number>
Number number_in(std::string_view text, const char* name, Number least, Number most) {
    const std::optional<Number> value = parse_number(text, least, most);
    if (!value) {
        refuse(fmt::format("{} of DATABASE_URL is no number from {} to {}", name, least, most));
    }
    return *value;
}

bool truth_in(std::string_view text, const char* name) {
    for (const char* const yes : {"true", "True", "1", "yes", "on"}) {
        if (text == yes) {
            return true;
        }
    }
    for (const char* const no : {"false", "False", "0", "no", "off"}) {
        if (text == no) {
            return false;
        }
    }
    refuse(fmt::format("{} of DATABASE_URL is neither true nor false", name));
}

bool is_this_machine(const MysqlAddress& address) {
    in_addr v4{};
    in6_addr v6{};
    const char* const host = address.host.c_str();
    return !address.unix_socket.empty() || address.host == "localhost" ||
           (::inet_pton(AF_INET, host, &v4) == 1 && (ntohl(v4.s_addr) >> 24) == 127) ||
           (::inet_pton(AF_INET6, host, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6));
}

// Which of the parameters about TLS were given: they decide what the defaults are.
struct Given {
    bool tls = false;
    bool verify = false;
};

void take_parameter(MysqlAddress& address, Given& given, const std::string& key, const std::string& value) {
    const auto seconds = [&] { return std::chrono::seconds(number_in<int>(value, key.c_str(), 1, 86'400)); };
    if (key == "charset") {
        if (value != "utf8mb4" && value != "utf8") {
            refuse("charset of DATABASE_URL is not utf8mb4", "leave it out: the connection speaks utf8mb4");
        }
    } else if (key == "unix_socket") {
        address.unix_socket = value;
    } else if (key == "ssl_ca") {
        address.ssl_ca = value;
    } else if (key == "ssl_capath") {
        address.ssl_capath = value;
    } else if (key == "ssl_cert") {
        address.ssl_cert = value;
    } else if (key == "ssl_key") {
        address.ssl_key = value;
    } else if (key == "ssl_verify_cert" || key == "ssl_verify_identity") {
        address.verify = truth_in(value, key.c_str()) || (given.verify && address.verify);
        given.verify = true;
    } else if (key == "ssl" || key == "ssl_disabled") {
        address.tls = truth_in(value, key.c_str()) == (key == "ssl");
        given.tls = true;
    } else if (key == "connect_timeout") {
        address.connect_timeout = seconds();
    } else if (key == "read_timeout") {
        address.read_timeout = seconds();
    } else if (key == "write_timeout") {
        address.write_timeout = seconds();
    } else {
        refuse(fmt::format("DATABASE_URL has the parameter {}, which is not known", key),
               "known are charset, unix_socket, ssl_ca, ssl_capath, ssl_cert, ssl_key, ssl_verify_cert, ssl, "
               "connect_timeout, read_timeout and write_timeout");
    }
}

void take_parameters(MysqlAddress& address, std::string_view query) {
    Given given;
    while (!query.empty()) {
        const std::string_view pair = next_part(query, '&');
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) {
            refuse("DATABASE_URL has a parameter without a value");
        }
        take_parameter(address, given, percent_decoded(pair.substr(0, equals)),
                       percent_decoded(pair.substr(equals + 1), Plus::space));
    }
    const bool asked = given.verify ? address.verify : !address.ssl_ca.empty() || !address.ssl_capath.empty();
    if (is_this_machine(address) && !given.tls) {
        address.tls = asked || !address.ssl_cert.empty();
    }
    if (!given.verify) {
        address.verify = address.tls && (asked || !is_this_machine(address));
    }
}

bool is_of_host(unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c >= 0x80;
}

void take_host(MysqlAddress& address, std::string_view text) {
    if (text.starts_with('[')) {  // [::1]:3306
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) {
            refuse("the host of DATABASE_URL has no closing ]");
        }
        address.host = std::string(text.substr(1, end - 1));
        if (in6_addr v6{}; ::inet_pton(AF_INET6, address.host.c_str(), &v6) != 1) {
            refuse("the host of DATABASE_URL is no IPv6 address");
        }
        text.remove_prefix(end + 1);
    } else {
        const std::size_t end = std::min(text.find(':'), text.size());
        if (end > 0) {
            address.host = percent_decoded(text.substr(0, end));
            if (!std::all_of(address.host.begin(), address.host.end(), is_of_host)) {
                refuse("the host of DATABASE_URL holds characters that no host has");
            }
        }
        text.remove_prefix(end);
    }
    if (!text.empty()) {
        address.port = number_in<unsigned>(text.substr(1), "the port", 1, 65'535);
    }
}

}  // namespace

MysqlAddress parse_mysql_address(std::string_view text) {
    MysqlAddress address;
    // A user holds no : or /, but a password may: it ends at the first @.
    const std::size_t user_end = std::min(text.find_first_of(":/@"), text.size());
    if (const std::size_t at = text.find('@', user_end);
        at != std::string_view::npos && text[user_end] != '/') {
        address.user = percent_decoded(text.substr(0, user_end));
        address.password =
            Secret(user_end < at ? percent_decoded(text.substr(user_end + 1, at - user_end - 1)) : "");
        text.remove_prefix(at + 1);
    }
    // Else a part of a password would count as a host or a database, and messages would show it.
    if (text.find('@') != std::string_view::npos) {
        refuse("DATABASE_URL holds an @ too many",
               "write an @ that is part of the user, the password or what follows the host as %40");
    }
    const std::size_t question = std::min(text.find('?'), text.size());
    const std::string_view place = text.substr(0, question);
    const std::size_t slash = std::min(place.find('/'), place.size());
    take_host(address, place.substr(0, slash));
    address.database = percent_decoded(place.substr(std::min(slash + 1, place.size())));
    if (address.database.empty()) {
        refuse("DATABASE_URL names no database");
    }
    take_parameters(address, text.substr(std::min(question + 1, text.size())));
    return address;
}

std::string display(const MysqlAddress& address) {
    if (!address.unix_socket.empty()) {
        return fmt::format("mysql://{}/{}", address.unix_socket, address.database);
    }
    const bool v6 = address.host.find(':') != std::string::npos;
    return fmt::format("mysql://{}{}{}:{}/{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port,
                       address.database);
}

}  // namespace bingefriend
