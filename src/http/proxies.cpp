#include "http/proxies.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"

namespace bingefriend {
namespace {

namespace ip = boost::asio::ip;

std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        return text.substr(1, std::min(text.find(']'), text.size()) - 1);
    }
    const std::size_t colon = text.find(':');
    return text.find(':', colon + 1) == std::string_view::npos ? text.substr(0, colon) : text;
}

// None if the text is neither an address nor a network.
std::optional<ip::network_v6> parse_network(std::string_view text) {
    const std::string_view host = text.substr(0, text.find('/'));
    const std::optional<ip::address_v6> address =
        without_port(host) == host ? parse_address(host) : std::nullopt;
    if (!address) {
        return {};
    }
    std::optional<unsigned> bits = 128;
    if (host.size() < text.size()) {
        bits = parse_number<unsigned>(text.substr(host.size() + 1));
        if (bits && address->is_v4_mapped()) {
            bits = *bits <= 32 ? *bits + 96 : 129;
        }
    }
    return bits && *bits <= 128 ? std::optional(ip::network_v6(*address, static_cast<unsigned short>(*bits)))
                                : std::nullopt;
}

}  // namespace

std::optional<ip::address_v6> parse_address(std::string_view text) {
    const std::string_view host = without_port(trimmed(text));
    boost::system::error_code error;
    const ip::address address = ip::make_address(std::string(host), error);
    if (error || host.find('%') != std::string_view::npos) {  // Asio accepts the scope of a local address
        return {};
    }
    return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

bool is_loopback(std::string_view host) {
    const std::optional<ip::address_v6> address = parse_address(host);
    return host == "localhost" ||
           (address &&
            (address->is_loopback() ||
             (address->is_v4_mapped() && ip::make_address_v4(ip::v4_mapped, *address).is_loopback())));
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
    for (const std::string& text : networks) {
        const std::optional<ip::network_v6> network = parse_network(text);
        if (!network) {
            throw Error(ErrorKind::usage,
                        "TRUSTED_PROXIES has an entry that is neither an address nor a network", text,
                        "give addresses and networks such as 10.0.0.0/8, separated by commas");
        }
        networks_.push_back(*network);
    }
}

bool TrustedProxies::trusts(std::string_view address) const {
    if (networks_.empty()) {
        return false;
    }
    const std::optional<ip::address_v6> parsed = parse_address(address);
    return parsed && std::any_of(networks_.begin(), networks_.end(), [&](const ip::network_v6& network) {
               return ip::network_v6(*parsed, network.prefix_length()).network() == network.network();
           });
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
    std::string_view client = peer;
    while (!forwarded_for.empty() && trusts(client)) {
        const std::size_t comma = forwarded_for.rfind(',');
        const std::string_view before =
            without_port(trimmed(forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1)));
        forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
        if (before.empty()) {  // an empty element of a list does not count
            continue;
        }
        if (!parse_address(before)) {
            break;
        }
        client = before;
    }
    return std::string(client);
}

}  // namespace bingefriend
