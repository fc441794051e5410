#include "base/shown_url.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view hidden = "...";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What may stand in the name of a host, be it an international one.
bool is_of_host(char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_host_and_port(std::string_view text) {
    std::size_t end = 0;
    if (text.starts_with('[')) {  // [::1]:8080
        end = std::min(text.find(']'), text.size() - 1) + 1;
        const std::string_view address = text.substr(1, end - 2);
        if (end < 4 || !std::all_of(address.begin(), address.end(), [](char c) {
                return is_letter_or_digit(c) || c == ':' || c == '.' || c == '%';
            })) {
            return false;
        }
    } else {
        end = std::min(text.find(':'), text.size());
        if (end == 0 || !std::all_of(text.begin(), text.begin() + static_cast<long>(end), is_of_host)) {
            return false;
        }
    }
    const std::string_view port = text.substr(end);
    return port.empty() ||
           (port.starts_with(':') && port.size() <= 6 && std::all_of(port.begin() + 1, port.end(), is_digit));
}

struct Parts {
    std::string_view scheme;  // with "://"; empty if there is none
    std::string_view authority;
    std::string_view rest;  // path, query and fragment

    [[nodiscard]] std::string_view host_and_port() const {
        return authority.substr(authority.rfind('@') + 1);  // 0 if there is none
    }
};

Parts parts_of(std::string_view url) {
    const std::size_t colon = url.find("://");
    const bool has_scheme = colon != std::string_view::npos && colon > 0 &&
                            std::all_of(url.begin(), url.begin() + static_cast<long>(colon),
                                        [](char c) { return is_letter_or_digit(c) || c == '+' || c == '-'; });
    const std::size_t begin = has_scheme ? colon + 3 : 0;
    const std::size_t end = std::min(url.find_first_of("/?#\\", begin), url.size());
    return {url.substr(0, begin), url.substr(begin, end - begin), url.substr(end)};
}

// Where the URL ends that has begun before `at` in a text; the punctuation of a sentence is not of it.
std::size_t url_end(std::string_view text, std::size_t at) {
    std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>`", at), text.size());
    while (end > at + 3 && std::string_view(",.;:)").find(text[end - 1]) != std::string_view::npos) {
        --end;
    }
    return end;
}

constexpr auto secret_names =
    std::to_array<std::string_view>({"accountkey", "sharedaccesssignature", "sig", "code", "key", "api_key",
                                     "apikey", "password", "pwd", "secret", "token", "access_token"});

bool is_secret_name(std::string_view name) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    return std::any_of(secret_names.begin(), secret_names.end(), [&](std::string_view secret) {
        return std::equal(name.begin(), name.end(), secret.begin(), secret.end(), same);
    });
}

// NAME=VALUE of a secret, up to the next blank, & or ;.  A signature is itself made of such pairs.
std::string without_named_secrets(std::string_view text) {
    std::string shown;
    for (std::size_t equals = 0; (equals = text.find('=')) != std::string_view::npos;) {
        std::size_t begin = equals;
        while (begin > 0 && (is_letter_or_digit(text[begin - 1]) || text[begin - 1] == '_')) {
            --begin;
        }
        const std::string_view name = text.substr(begin, equals - begin);
        shown += text.substr(0, equals + 1);
        text.remove_prefix(equals + 1);
        if (is_secret_name(name)) {
            shown += hidden;
            text.remove_prefix(std::min(text.find_first_of(" \t\r\n&;\"'"), text.size()));
        }
    }
    return shown.append(text);
}

}  // namespace

bool is_clear_url(std::string_view url) {
    const Parts parts = parts_of(url);
    return is_host_and_port(parts.host_and_port()) && parts.rest.find('@') == std::string_view::npos;
}

std::string without_secrets(std::string_view url) {
    const Parts parts = parts_of(url);
    std::string shown(parts.scheme);
    if (!url.empty() && !is_clear_url(url)) {
        return shown.append(hidden);
    }
    return shown.append(parts.host_and_port()).append(parts.rest.substr(0, parts.rest.find_first_of("?#")));
}

std::string with_shown_urls(std::string_view text) {
    std::string shown;
    for (std::size_t colon = 0; (colon = text.find("://")) != std::string_view::npos;) {
        std::size_t begin = colon;
        while (begin > 0 && (is_letter_or_digit(text[begin - 1]) || text[begin - 1] == '+')) {
            --begin;
        }
        const std::size_t end = url_end(text, colon);
        shown += without_named_secrets(text.substr(0, begin));
        shown += without_secrets(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
    return shown + without_named_secrets(text);
}

void require_clear_url(std::string_view url, std::string_view key) {
    if (!is_clear_url(url)) {
        throw Error(
            ErrorKind::usage, std::string(key) + " is not a URL of a host", "",
            "give SCHEME://HOST/PATH; write @ : / ? and # in a user or password as %40 %3A %2F %3F %23");
    }
}

}  // namespace bingefriend
