// The page for people: the files of web/, as they are in the program.
#include <algorithm>

#include "api/endpoints.hpp"
#include "api/web_files.hpp"

namespace bingefriend {
namespace {

// Scripts and styles are the server's own; posters come from wherever the catalogue says, over TLS.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view type_of(std::string_view name) {
    return name.ends_with(".html")  ? "text/html; charset=utf-8"
           : name.ends_with(".js")  ? "text/javascript; charset=utf-8"
           : name.ends_with(".css") ? "text/css; charset=utf-8"
                                    : "image/svg+xml; charset=utf-8";
}

Response file(std::string_view name) {
    const auto at = std::find_if(bingefriend_web.begin(), bingefriend_web.end(),
                                 [&](const EmbeddedFile& file) { return file.name == name; });
    if (at == bingefriend_web.end()) {
        return error_response(404, "Not found");
    }
    Response response;
    response.content_type = type_of(at->name);
    response.add_header("Content-Security-Policy", policy);
    response.add_header("Referrer-Policy", "no-referrer");
    response.add_header("Cross-Origin-Opener-Policy", "same-origin");
    response.body.assign(at->begin, at->end);
    return response;
}

}  // namespace

Response page(const Context&) {
    return file("index.html");
}

Response status_page(const Context&) {
    return file("status.html");
}

AssetQuery parse_asset(const Input& input) {
    return {std::string(value_of(input.parameters, "name"))};
}

Response answer(const AssetQuery& query, const Context&) {
    return file(query.name);
}

}  // namespace bingefriend
