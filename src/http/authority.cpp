#include "http/authority.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/numbers.hpp"
#include "base/percent.hpp"
#include "base/text.hpp"

namespace bingefriend {

namespace {

// With its brackets.
bool is_ipv6(std::string_view text) {
    in6_addr address{};
    return text.size() > 2 && text.ends_with(']') &&
           ::inet_pton(AF_INET6, std::string(text.substr(1, text.size() - 2)).c_str(), &address) == 1;
}

bool is_registered_name(std::string_view text) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=%";
    return percent_decoded_strictly(text) && std::all_of(text.begin(), text.end(), [&](char c) {
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
        port.empty() || port == ":" || (port.front() == ':' && parse_number<std::uint16_t>(port.substr(1)));
    return port_is_good && (text.starts_with('[') ? is_ipv6(host) : is_registered_name(host));
}

}  // namespace bingefriend
