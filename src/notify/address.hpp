// The parts of a URL that may hold secrets.
#pragma once

#include <string>

#include "base/secret.hpp"

namespace bingefriend {

// Empty if the URL has no such part.
struct Address {
    std::string scheme;
    std::string user;  // decoded
    Secret password;   // decoded
    std::string host;
    std::string origin;  // "https://host:port"; what may be shown
};

// Throws Error{usage} that names `key` and not the URL.
[[nodiscard]] Address address_in(const Secret& url, const std::string& key);

}  // namespace bingefriend
