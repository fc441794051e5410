// A request as the endpoints see it: the path and the query, decoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct Target {
    std::vector<std::string> path;             // the segments; without a leading "api"
    std::map<std::string, std::string> query;  // of a repeated parameter the last
};

// None where a percent-escape is broken or the path does not begin with "/".
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

}  // namespace bingefriend
