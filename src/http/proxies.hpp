// The address of a client, past trusted proxies.
#pragma once

#include <boost/asio/ip/network_v6.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

// Parses "1.2.3.4", "1.2.3.4:80", "::1" and "[::1]:80".  IPv4 addresses are mapped to IPv6.
[[nodiscard]] std::optional<boost::asio::ip::address_v6> parse_address(std::string_view text);

// True for "localhost", 127.0.0.0/8 and ::1: only this machine reaches a server that listens there.
[[nodiscard]] bool is_loopback(std::string_view host);

// Addresses and networks ("10.0.0.0/8", "::1") whose X-Forwarded-For counts.
class TrustedProxies {
  public:
    // Throws Error{usage} for a text that is neither an address nor a network.
    explicit TrustedProxies(const std::vector<std::string>& networks);

    [[nodiscard]] bool trusts(std::string_view address) const;

    // The peer, or if it is trusted, the last address of X-Forwarded-For that is not.
    [[nodiscard]] std::string client(std::string_view peer, std::string_view forwarded_for) const;

  private:
    std::vector<boost::asio::ip::network_v6> networks_;
};

}  // namespace bingefriend
