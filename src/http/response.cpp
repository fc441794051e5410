#include "http/response.hpp"

#include "base/json_text.hpp"

namespace bingefriend {
namespace {

std::string_view code_of(unsigned status) {
    switch (status) {
        case 400:
            return "bad_request";
        case 401:
            return "unauthorized";
        case 404:
            return "not_found";
        case 405:
            return "method_not_allowed";
        case 413:
            return "content_too_large";
        case 414:
            return "uri_too_long";
        case 429:
            return "too_many_requests";
        case 431:
            return "header_too_large";
        case 503:
            return "unavailable";
        default:
            return "internal_error";
    }
}

}  // namespace

Response json_response(JsonText& json, unsigned status) {
    Response response;
    response.status = status;
    response.body = json.take();
    return response;
}

Response error_response(unsigned status, std::string_view message, std::string_view code) {
    Response response;
    response.status = status;
    response.error = message;
    response.code = code.empty() ? code_of(status) : code;
    return response;
}

}  // namespace bingefriend
