// Requests that no endpoint answers: unknown paths and methods, OPTIONS, missing keys.
#include <optional>
#include <string>
#include <utility>

#include "api/canonical.hpp"
#include "api/respond.hpp"
#include "base/digests.hpp"

namespace bingefriend {
std::optional<Response> Exchange::refusal() {
    if (request_.method == "OPTIONS" && request_.target == "*") {  // of the server as a whole
        Response options;
        options.status = 204;
        options.add_header("Allow", "GET, HEAD, POST, OPTIONS");
        return options;
    }
    std::optional<Target> target = parse_target(request_.target);
    if (!target) {
        return error_response(400, "The request target cannot be read");
    }
    target_ = std::move(*target);
    match_ = match(target_);
    if (match_.routes.empty()) {
        return error_response(404, "Not found");
    }
    if (request_.method == "OPTIONS") {
        Response options;
        options.status = 204;
        options.add_header("Allow", match_.allowed());
        if (!request_.origin.empty()) {
            options.add_header("Access-Control-Allow-Methods", match_.allowed());
        }
        return options;
    }
    route_ = match_.of(request_.method);
    if (route_ == nullptr) {
        Response refused = error_response(405, "Method not allowed");
        refused.add_header("Allow", match_.allowed());
        return refused;
    }
    target_.keep(route_->parameters);
    canonical_ = canonical_text(target_, *route_);
    return route_->needs_key ? key_refusal() : std::nullopt;
}

std::optional<Response> Exchange::key_refusal() const {
    const std::string& key = service_.options.api_key.reveal();
    if (key.empty() ? service_.admin_open : equal_secrets(request_.key, key)) {
        return {};
    }
    Response refused = error_response(
        401, key.empty() ? "This needs a key, and the server has none: set API_KEY, or ADMIN_OPEN=true"
                         : "This needs a key: X-API-Key, or Authorization: Bearer");
    refused.add_header("WWW-Authenticate", "Bearer");
    return refused;
}

}  // namespace bingefriend
