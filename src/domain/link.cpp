// Which texts are links: those that a browser can open (https://url.spec.whatwg.org), in ASCII or UTF-8.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "domain/show.hpp"

namespace bingefriend {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool begins_with(std::string_view text, std::string_view scheme) {
    return text.size() >= scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

bool is_port(std::string_view text) {
    std::uint32_t port = 0;
    for (const char c : text) {
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
        if (!is_digit(c) || port > 65'535) {
            return false;
        }
    }
    return true;  // an empty one stands for the usual port
}

bool is_ip_address(int family, std::string_view text) {
    in6_addr address;  // has room for both
    return inet_pton(family, std::string(text).c_str(), &address) == 1;
}

// A host whose last label is a number is an IPv4 address to a browser, or an error.
bool ends_in_number(std::string_view host) {
    host.remove_suffix(host.ends_with('.') ? 1 : 0);
    const std::string_view last = host.substr(host.rfind('.') + 1);
    const bool hex = last.starts_with("0x") || last.starts_with("0X");
    return !last.empty() && (std::all_of(last.begin(), last.end(), is_digit) ||
                             (hex && std::all_of(last.begin() + 2, last.end(), is_hex_digit)));
}

// Whether a name with letters beyond ASCII, or with labels that stand for such, has a form in ASCII (UTS 46),
// which may be an address: wide digits and dots become those of ASCII.
bool is_international_domain(std::string_view host) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &error),
        uidna_close);
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    std::array<char, 512> ascii;
    const std::int32_t size =
        uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<std::int32_t>(host.size()), ascii.data(),
                               static_cast<std::int32_t>(ascii.size()), &info, &error);
    if (U_FAILURE(error) || info.errors != 0) {
        return false;
    }
    const std::string_view form(ascii.data(), static_cast<std::size_t>(size));
    return !ends_in_number(form) || is_ip_address(AF_INET, form);
}

// The names that DNS has: letters, digits, hyphens and underscores, in labels of up to 63; letters beyond
// ASCII too.  Browsers take some more, such as percent codes, that no page of a show needs.
bool is_domain(std::string_view host) {
    const std::string_view whole = host;
    const bool characters = std::all_of(host.begin(), host.end(), [](char c) {
        return (c & 0x80) != 0 || is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
               c == '_' || c == '.';
    });
    host.remove_suffix(host.ends_with('.') ? 1 : 0);
    if (!characters || host.empty() || host.size() > 253) {
        return false;
    }
    bool international = std::any_of(host.begin(), host.end(), [](char c) { return (c & 0x80) != 0; });
    while (!host.empty()) {
        const std::string_view label = host.substr(0, host.find('.'));
        if (label.empty() || label.size() > 63) {
            return false;
        }
        international = international || begins_with(label, "xn--");
        host.remove_prefix(std::min(host.size(), label.size() + 1));
    }
    return !international || is_international_domain(whole);
}

bool is_host(std::string_view host) {
    if (host.starts_with('[')) {
        return host.ends_with(']') && is_ip_address(AF_INET6, host.substr(1, host.size() - 2));
    }
    return ends_in_number(host) ? is_ip_address(AF_INET, host) : is_domain(host);
}

}  // namespace

bool is_link(std::string_view text) {
    const std::size_t scheme = begins_with(text, "https://") ? 8 : begins_with(text, "http://") ? 7 : 0;
    const bool has_blank = std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 0 && c <= ' ') || c == '\x7f' || c == '"' || c == '<' || c == '>';
    });
    if (scheme == 0 || has_blank || text.size() > ShowLimits::link_bytes) {
        return false;
    }
    std::string_view host = text.substr(scheme);
    host = host.substr(0, host.find_first_of("/\\?#"));
    host.remove_prefix(host.rfind('@') + 1);  // behind the user
    const std::size_t colon =
        host.find(':', host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0);
    return is_host(host.substr(0, colon)) &&
           (colon == std::string_view::npos || is_port(host.substr(colon + 1)));
}

}  // namespace bingefriend
