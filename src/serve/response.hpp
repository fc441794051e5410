// An answer of the API before it becomes bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "serve/body_source.hpp"
#include "serve/bytes_in_flight.hpp"

namespace bingefriend {

class JsonText;

inline constexpr std::string_view json_type = "application/json; charset=utf-8";

struct Response {
    unsigned status = 200;
    std::string body;                         // empty for 204 and 304
    std::shared_ptr<const std::string> kept;  // a body of the cache, in place of `body`
    std::unique_ptr<BodySource> rest{};       // of the body, if that is too large to be made at once
    BytesInFlight::Hold held{};               // for `body`
    std::optional<std::int64_t> generation;   // that the answer is of, where its endpoint knows it
    std::string headers;                      // lines, each with its end
    std::string_view content_type = json_type;
    std::string error;  // what is wrong, for a person; empty where nothing is
    std::string code;   // the same for a program

    void add_header(std::string_view name, std::string_view value) {
        headers.append(name).append(": ").append(value).append("\r\n");
    }
    [[nodiscard]] std::string_view bytes() const { return kept ? std::string_view(*kept) : body; }
};

// What was written becomes the body.
[[nodiscard]] Response json_response(JsonText& json, unsigned status = 200);

// `code` is that of the status unless given: 400 bad_request, 404 not_found, ...
[[nodiscard]] Response error_response(unsigned status, std::string_view message, std::string_view code = {});

// {"error": ..., "code": ..., "request_id": ...} becomes the body of an error; any other stays.
void name_request(Response& response, std::string_view request_id);

}  // namespace bingefriend
