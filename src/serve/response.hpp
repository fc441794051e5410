// An answer of the API before it becomes bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bingefriend {

inline constexpr std::string_view json_type = "application/json; charset=utf-8";

struct Response {
    unsigned status = 200;
    std::string body;  // empty for 204, and for an error until its request has a name
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view content_type = json_type;
    std::string error;  // what is wrong, for a person; empty where nothing is
    std::string code;   // the same for a program
};

// `code` is that of the status unless given: 400 bad_request, 404 not_found, ...
[[nodiscard]] Response error_response(unsigned status, std::string_view message, std::string_view code = {});

// {"error": ..., "code": ..., "request_id": ...} becomes the body of an error; any other stays.
void name_request(Response& response, std::string_view request_id);

}  // namespace bingefriend
