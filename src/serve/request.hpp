// A request as the endpoints see it: method, path and query, decoded, and the body.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

// Views of what the connection holds until the answer is sent.
struct Request {
    std::string_view method;  // "GET"
    std::string_view target;  // "/shows/1/recommendations?n=5"
    std::string_view body;
    std::string_view id;             // names the request in answers and logs
    std::string_view if_none_match;  // headers; empty where there is none
    std::string_view origin;
    std::string_view accept_encoding;
    std::string_view key;  // X-API-Key, or the bearer's token
};

struct Target {
    std::vector<std::string> path;                           // the segments; without a leading "api"
    std::vector<std::pair<std::string, std::string>> query;  // in order; a name may stand several times

    // The last value of this name, which is the one that counts where one is asked for.
    [[nodiscard]] const std::string* value(std::string_view name) const;
    // All values of this name, in order.
    [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const;

    // Drops all parameters but these and puts them in this order; those of one name stay in theirs.
    void keep(std::span<const std::string_view> names);
};

// None if an escape is broken.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

// host[:port] as a URI has it, without user; the host may be empty.
[[nodiscard]] bool is_authority(std::string_view text);

// Takes "/path?query" and "http://host/path?query".  None if a percent-escape is broken, or the target is
// neither.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

// Whether an Accept-Encoding takes gzip, and likes it as much as what is not compressed.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// Whether an If-None-Match names this tag; weak comparison, "*" names none: it asks whether there is an
// answer.
[[nodiscard]] bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace bingefriend
