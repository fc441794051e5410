#include "http/access_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bingefriend {
namespace {

using testing::HasSubstr;

constexpr std::string_view time = "2026-11-22T09:00:00.000Z";

AccessRecord record() {
    return {.request_id = "r-1",
            .client = "1.1.1.1",
            .method = "GET",
            .target = "/recommendations/stats?code=secret&n=1",
            .route = "/recommendations/stats",
            .user_agent = "curl \"x\"\n",
            .status = 200,
            .bytes = 12,
            .took = std::chrono::microseconds(1'500)};
}

TEST(AccessLog, writes_text_without_keys) {
    EXPECT_EQ(
        access_line(AccessLog::text, record(), time),
        "2026-11-22T09:00:00.000Z r-1 1.1.1.1 \"GET /recommendations/stats?code=...&n=1\" 200 12 1.500ms "
        "\"curl ?x? \"");
}

TEST(AccessLog, writes_json_without_keys) {
    const std::string line = access_line(AccessLog::json, record(), time);
    EXPECT_THAT(line, Not(HasSubstr("\n")));
    EXPECT_THAT(line, Not(HasSubstr("secret")));
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["request_id"], "r-1");
    EXPECT_EQ(json["status"], 200);
    EXPECT_EQ(json["duration_ms"], 1.5);
    EXPECT_EQ(json["user_agent"], "curl \"x\"\n");
}

TEST(AccessLog, omits_keys_in_any_spelling) {
    const auto shown = [](std::string_view target) {
        AccessRecord of_target = record();
        of_target.target = target;
        const std::string line = access_line(AccessLog::text, of_target, time);
        const std::size_t begin = line.find("GET ") + 4;
        return line.substr(begin, line.find('"', begin) - begin);
    };
    for (const char* name :
         {"code", "Code", "CODE", "c%6fde", "%63%4F%44%45", "co%64e", "x-functions-key", "api_key", "ApiKey",
          "access_token", "sig", "password", "c%6de%", "c%6gde", "%2563ode", "client+secret"}) {
        for (const char* before : {"/x?", "/x?n=1&", "/x?&&", "/x?n=1;", "/x?n=1#", "/x#", "/x??"}) {
            const std::string target = before + std::string(name) + "=hunter2&n=2";
            EXPECT_THAT(shown(target), Not(HasSubstr("hunter2"))) << target;
            EXPECT_THAT(shown(target), HasSubstr("&n=2")) << target;
        }
    }
    EXPECT_EQ(shown("/shows/search?q=code&limit=5"), "/shows/search?q=code&limit=5");
    EXPECT_EQ(shown("/x?code"), "/x?code");
    EXPECT_EQ(shown("http://u:hunter2@host/x?n=1"), "http://...@host/x?n=1");
    EXPECT_EQ(shown("/x@y?n=http://a@b"), "/x@y?n=http://a@b");
}

}  // namespace
}  // namespace bingefriend
