// The contract of the API, for programs and for people; both are made of docs/openapi.yaml by the build.
#include "api/endpoints.hpp"

extern "C" const char bingefriend_openapi_begin[], bingefriend_openapi_end[];
extern "C" const char bingefriend_docs_begin[], bingefriend_docs_end[];

namespace bingefriend {

Response open_api(const Context&) {
    Response response;
    response.body.assign(bingefriend_openapi_begin, bingefriend_openapi_end);
    return response;
}

// The page carries its own style and loads nothing.
Response docs(const Context&) {
    Response response;
    response.content_type = "text/html; charset=utf-8";
    response.add_header("Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                        "frame-ancestors 'none'");
    response.body.assign(bingefriend_docs_begin, bingefriend_docs_end);
    return response;
}

}  // namespace bingefriend
