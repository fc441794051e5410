// The head of a request as it arrived: the request line and the header fields.
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/request.hpp"

namespace bingefriend {

// Views of what the connection holds.
struct RequestHead {
    std::string_view method;
    std::string_view target;
    bool http_1_0 = false;
    std::vector<std::pair<std::string_view, std::string_view>> fields;  // in order of arrival for each name

    // The lines of this name, joined by ", " in their order, as RFC 9110 (5.3) reads them; empty if there is
    // none. A field that may stand only once gets a value that nothing accepts if it stands twice.
    [[nodiscard]] std::string_view value(std::string_view name);

    // X-API-Key, else the token of "Authorization: Bearer".
    [[nodiscard]] std::string_view key();

    std::forward_list<std::string> joined;  // what value() returns views of
};

// Why the server cannot know where this request ends, or for whom it is meant (RFC 9112, 3.2 and 6); empty if
// it can. Such a request is refused and its connection closed: what follows may be a body or another request.
[[nodiscard]] std::string_view framing_fault(const RequestHead& head);

// The views stay as long as `head` and `body`.
[[nodiscard]] Request request_of(RequestHead& head, std::string_view body, std::string_view id);

}  // namespace bingefriend
