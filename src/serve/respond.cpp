#include "serve/respond.hpp"

#include <spdlog/spdlog.h>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

Response refused_method(const Match& found) {
    Response refused = error_response(405, "Method not allowed");
    refused.headers.emplace_back("Allow", found.allowed());
    return refused;
}

// What an endpoint throws: the log has the cause, the answer does not.
Response failure(const Call& call, const Route& route) {
    try {
        throw;
    } catch (const Error& error) {
        spdlog::error("{} {}: {}", call.request.id, route.operation, error.what());
        if (error.kind() == ErrorKind::unavailable) {
            Response away = error_response(503, "The database cannot be used now");
            away.headers.emplace_back("Retry-After", "5");
            return away;
        }
    } catch (const std::exception& error) {
        spdlog::error("{} {}: {}", call.request.id, route.operation, error.what());
    }
    return error_response(500, "Internal server error");
}

Response answer(const Request& request, ReaderSource& source, std::string_view version) {
    const std::optional<Target> target = parse_target(request.target);
    if (!target) {
        return error_response(400, "The request target cannot be read");
    }
    Match found = match(*target);
    if (found.routes.empty()) {
        return error_response(404, "Not found");
    }
    if (request.method == "OPTIONS") {
        Response options;
        options.status = 204;
        options.headers.emplace_back("Allow", found.allowed());
        return options;
    }
    const Route* const route = found.of(request.method);
    if (route == nullptr) {
        return refused_method(found);
    }
    const Call call{request, *target, std::move(found.parameters), source, version};
    try {
        return route->endpoint(call);
    } catch (...) {
        source.discard();
        return failure(call, *route);
    }
}

}  // namespace

Response respond(const Request& request, ReaderSource& source, std::string_view version) {
    Response response = answer(request, source, version);
    name_request(response, request.id);
    return response;
}

}  // namespace bingefriend
