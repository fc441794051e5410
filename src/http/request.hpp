// A request: its head as it arrived, and what handlers see of it.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

// Views of memory that the connection holds until the response is sent.
struct Request {
    std::string_view method;  // "GET"
    std::string_view target;  // "/shows/1/recommendations?n=5"
    std::string_view body;
    std::string_view id;             // names the request in responses and logs
    std::string_view if_none_match;  // headers; empty if absent
    std::string_view origin;
    std::string_view accept_encoding;
    std::string_view key;  // X-API-Key, or the bearer token
};

// The request line and the header fields.  Views of memory that the connection holds.
struct RequestHead {
    std::string_view method;
    std::string_view target;
    bool http_1_0 = false;
    std::vector<std::pair<std::string_view, std::string_view>> fields;  // in order of arrival

    // The lines of this name in their order, joined by ", " (RFC 9110, 5.3); empty if there is none.  A field
    // that must not be repeated gets a value that nothing accepts.
    [[nodiscard]] std::string_view value(std::string_view name);

    // X-API-Key, else the token of "Authorization: Bearer".
    [[nodiscard]] std::string_view key();

    std::forward_list<std::string> joined;  // what value() returns views of
};

// Why the end of this request or its host is ambiguous (RFC 9112, 3.2 and 6); empty if neither is.  Such a
// request is refused and its connection closed: what follows may be a body or another request.
[[nodiscard]] std::string_view framing_fault(const RequestHead& head);

// The views are valid as long as `head` and `body`.
[[nodiscard]] Request request_of(RequestHead& head, std::string_view body, std::string_view id);

// Unique in this process and, with high probability, among all processes.  Thread-safe.
[[nodiscard]] std::string new_request_id();

// True if an id of the client may be used: up to 64 letters, digits, "-", "_" and ".".
[[nodiscard]] bool is_request_id(std::string_view text);

// True if an Accept-Encoding accepts gzip and does not prefer an uncompressed body.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// True if an If-None-Match lists this tag (weak comparison).  "*" lists no tag: it asks whether there is a
// response at all.
[[nodiscard]] bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace bingefriend
