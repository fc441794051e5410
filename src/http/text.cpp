#include "http/text.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cstdint>

#include "base/numbers.hpp"

namespace bingefriend {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            result += ' ';
        } else if (text[i] == '%') {
            unsigned value = 0;
            const char* const digits = text.data() + i + 1;
            if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2) {
                return {};
            }
            result += static_cast<char>(value);
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

namespace {

// With its brackets.
bool is_ipv6(std::string_view text) {
    in6_addr address{};
    return text.size() > 2 && text.ends_with(']') &&
           ::inet_pton(AF_INET6, std::string(text.substr(1, text.size() - 2)).c_str(), &address) == 1;
}

bool is_registered_name(std::string_view text) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=%";
    return percent_decoded(text, false) && std::all_of(text.begin(), text.end(), [&](char c) {
               return (c >= '0' && c <= '9') || (lower_case(c) >= 'a' && lower_case(c) <= 'z') ||
                      marks.find(c) != std::string_view::npos;
           });
}

}  // namespace

bool is_authority(std::string_view text) {
    const std::size_t end =
        text.starts_with('[') ? std::min(text.find(']'), text.size() - 1) + 1 : text.find(':');
    const std::string_view host = text.substr(0, end);
    const std::string_view port = text.substr(host.size());
    const bool port_is_good =
        port.empty() || port == ":" || (port.front() == ':' && whole_number<std::uint16_t>(port.substr(1)));
    return port_is_good && (text.starts_with('[') ? is_ipv6(host) : is_registered_name(host));
}

}  // namespace bingefriend
