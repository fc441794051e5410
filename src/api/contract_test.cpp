// Routes, documents and the page: what docs/openapi.yaml says is there.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/test_api.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;

class Contract : public ApiTest {};

std::vector<std::string> query_parameters(const nlohmann::json& document, const nlohmann::json& operation) {
    std::vector<std::string> names;
    for (const nlohmann::json& given : operation.value("parameters", nlohmann::json::array())) {
        const nlohmann::json& parameter =
            given.contains("$ref")
                ? document.at(nlohmann::json::json_pointer(given["$ref"].get<std::string>().substr(1)))
                : given;
        if (parameter["in"] == "query") {
            names.push_back(parameter["name"]);
        }
    }
    return names;
}

TEST_F(Contract, lists_the_routes_and_parameters_of_the_server) {
    const nlohmann::json document = nlohmann::json::parse(ask("/openapi.json").body);
    std::set<std::string> documented;
    for (const auto& [path, item] : document["paths"].items()) {
        for (const auto& [method, operation] : item.items()) {
            documented.insert(method + " " + path + " " + operation["operationId"].get<std::string>());
            for (const auto& name : query_parameters(document, operation)) {
                documented.insert(method + " " + path + " ?" + name);
            }
        }
    }
    std::set<std::string> routed;
    for (const Route& route : routes()) {
        const std::string place = (route.method == "POST" ? "post " : "get ") + std::string(route.path) + " ";
        routed.insert(place + std::string(route.operation));
        for (const std::string_view name : route.parameters) {
            routed.insert(place + "?" + std::string(name));
        }
    }
    EXPECT_EQ(documented, routed);
}

TEST_F(Contract, is_served_as_json_and_as_a_page_that_loads_nothing) {
    const Response document = ask("/openapi.json");
    EXPECT_EQ(nlohmann::json::parse(document.body)["openapi"], "3.1.0");
    EXPECT_EQ(
        ask({.method = "GET", .target = "/openapi.json", .if_none_match = header(document, "ETag")}).status,
        304u);
    const Response page = ask("/docs");
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    for (const char* loading : {"<script", "<link", "<img", "src=", "@import", "url("}) {
        EXPECT_THAT(page.body, Not(HasSubstr(loading)));
    }
}

TEST_F(Contract, has_a_web_page_that_loads_nothing_from_other_servers) {
    const Response page = ask("/");
    EXPECT_EQ(page.status, 200u);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(page.headers, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'; "));
    EXPECT_THAT(page.headers, HasSubstr("ETag: "));
    EXPECT_THAT(page.body, HasSubstr("assets/app.js"));
    for (const auto& [name, type] : {std::pair("app.js", "text/javascript; charset=utf-8"),
                                     std::pair("style.css", "text/css; charset=utf-8"),
                                     std::pair("icon.svg", "image/svg+xml; charset=utf-8")}) {
        EXPECT_EQ(ask("/assets/" + std::string(name)).content_type, type);
    }
    EXPECT_EQ(ask("/api/status").status, 200u);
    database_.unavailable = true;
    EXPECT_EQ(ask("/").status, 200u) << "the page says itself that the server is in trouble";
}

TEST_F(Contract, has_no_other_paths_and_methods) {
    for (const char* path :
         {"/assets", "/assets/x", "/shows", "/shows/1/recommendations/x", "/api/api/recommendations/stats"}) {
        EXPECT_EQ(ask(path).status, 404u) << path;
        EXPECT_EQ(ask(path).body, R"({"error":"Not found","code":"not_found","request_id":"r-1"})");
    }
    const Response post = ask("/recommendations/stats", "POST");
    EXPECT_EQ(post.status, 405u);
    EXPECT_EQ(header(post, "Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(ask("/recommendations/stats", "OPTIONS").status, 204u);
    EXPECT_EQ(ask("/shows/%zz/recommendations").status, 400u);
    EXPECT_EQ(ask("http://elsewhere/").status, 200u);
    EXPECT_EQ(ask("elsewhere").status, 400u);
    EXPECT_EQ(ask("*").status, 400u);
    EXPECT_EQ(ask("*", "OPTIONS").status, 204u);
    EXPECT_EQ(header(ask("*", "OPTIONS"), "Allow"), "GET, HEAD, POST, OPTIONS");
}

}  // namespace
}  // namespace bingefriend
