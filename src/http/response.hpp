// A response before it becomes bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes_in_flight.hpp"

namespace bingefriend {

class BodyStream;
class JsonText;

inline constexpr std::string_view json_type = "application/json; charset=utf-8";

struct Response {
    unsigned status = 200;
    std::string body;                                // empty for 204 and 304
    std::shared_ptr<const std::string> cached_body;  // replaces `body`
    // Of the body, if it is too large to be made at once.  Shared only because its type is incomplete here:
    // it would bring Asio's headers into every endpoint.
    std::shared_ptr<BodyStream> rest;
    BytesInFlight::Hold held{};        // for `body`
    std::optional<std::size_t> route;  // index in Handler::routes(); none: no route matches
    std::string headers;               // lines, each with its end
    std::string_view content_type = json_type;
    std::string error;  // error message; empty: not an error
    std::string code;   // the same for a program

    void add_header(std::string_view name, std::string_view value) {
        headers.append(name).append(": ").append(value).append("\r\n");
    }
    [[nodiscard]] std::string_view bytes() const {
        return cached_body ? std::string_view(*cached_body) : body;
    }
};

// What was written becomes the body.
[[nodiscard]] Response json_response(JsonText& json, unsigned status = 200);

// `code` defaults to the code of the status: 400 bad_request, 404 not_found, ...
[[nodiscard]] Response error_response(unsigned status, std::string_view message, std::string_view code = {});

}  // namespace bingefriend
