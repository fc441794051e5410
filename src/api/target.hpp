// The target of a request, decoded: path and query.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

struct Target {
    std::vector<std::string> path;                           // the segments; without a leading "api"
    std::vector<std::pair<std::string, std::string>> query;  // in order; a name may be repeated

    // The last value of this name, which counts if only one is allowed; null if there is none.
    [[nodiscard]] const std::string* value(std::string_view name) const;
    // All values of this name, in order.
    [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const;

    // Drops all parameters except these and puts them in this order.  Equal names keep their order.
    void keep(std::span<const std::string_view> names);
};

// Parses "/path?query" and "http://host/path?query".  None if the text is neither, or if a percent-escape is
// invalid.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

}  // namespace bingefriend
