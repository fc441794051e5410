#include "app/commands/setting_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/test_folder.hpp"
#include "settings/setting_table.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SettingList, shows_where_each_value_comes_from_and_no_secret) {
    const TestFolder folder;
    std::ofstream(folder / "local.settings.json")
        << R"({"Values": {"DATABASE_URL": "mysql://user:hunter2@host/db", "PORT": 81}})";
    ::setenv("SHOW_SERVICE_URL", "https://user:hunter2@shows/?code=hunter2", 1);
    ::setenv("ALLOWED_ORIGINS", "https://a, https://user:hunter2@b?sig=hunter2", 1);
    ::setenv("TVMAZE_URL", "https://u:p@hunter2:w/rd#1@host", 1);
    const std::string text = settings_in_force(Environment(folder / "local.settings.json"));
    for (const char* key : {"SHOW_SERVICE_URL", "ALLOWED_ORIGINS", "TVMAZE_URL"}) {
        ::unsetenv(key);
    }
    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
    EXPECT_THAT(text, HasSubstr("DATABASE_URL: set, not shown (local.settings.json)\n"));
    EXPECT_THAT(text, HasSubstr("SHOW_SERVICE_URL: https://shows/ (environment)\n"));
    EXPECT_THAT(text, HasSubstr("ALLOWED_ORIGINS: https://a, https://b (environment)\n"));
    EXPECT_THAT(text, HasSubstr("TVMAZE_URL: https://... (environment)\n"));
    EXPECT_THAT(text, HasSubstr("PORT: 81 (local.settings.json)\n"));
    const std::string defaults = settings_in_force(Environment(folder / "none.json"));
    EXPECT_THAT(defaults, HasSubstr("DATABASE_URL: sqlite:///data/recommendations.db (default)\n"));
    EXPECT_THAT(defaults, HasSubstr("SHOW_SERVICE_URL: none\n"));
}

TEST(SettingList, names_every_setting_once) {
    std::set<std::string> keys;
    for (const auto& setting : nlohmann::json::parse(settings_as_json())) {
        EXPECT_TRUE(keys.insert(setting.at("key").get<std::string>()).second) << setting;
        EXPECT_FALSE(setting.at("meaning").get<std::string>().empty()) << setting;
        EXPECT_FALSE(setting.at("read_by").empty()) << setting;
    }
    EXPECT_EQ(keys.size(), setting_table.size());
}

TEST(SettingList, as_an_environment_file_sets_nothing_until_it_is_edited) {
    std::istringstream file(settings_as_environment_file());
    std::size_t settings = 0;
    for (std::string line; std::getline(file, line);) {
        EXPECT_TRUE(line.empty() || line.front() == '#') << line;
        settings += line.find('=') != std::string::npos && line.rfind("# ", 0) != 0 ? 1 : 0;
    }
    EXPECT_EQ(settings, setting_table.size() - 1) << "all but the port of the Functions host";
}

}  // namespace
}  // namespace bingefriend
