#include "app/settings_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.hpp"
#include "base/test_folder.hpp"

namespace bingefriend {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class SettingsFile : public testing::Test {
  protected:
    std::map<std::string, std::string> read(const std::string& json) {
        std::ofstream(path_) << json;
        return read_settings_file(path_);
    }
    std::string fault() {
        try {
            (void)read_settings_file(path_);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
        return "none";
    }
    std::string fault_of(const std::string& json) {
        std::ofstream(path_) << json;
        return fault();
    }

    TestFolder folder_;
    std::filesystem::path path_ = folder_ / "local.settings.json";
};

TEST_F(SettingsFile, may_be_missing_or_say_nothing) {
    EXPECT_EQ(fault(), "none");
    EXPECT_THAT(read("{}"), IsEmpty());
    EXPECT_THAT(
        read(R"({"IsEncrypted": false, "Values": {}, "Host": {"CORS": "*"}, "ConnectionStrings": {}})"),
        IsEmpty());
}

TEST_F(SettingsFile, gives_texts_and_takes_null_for_not_set) {
    EXPECT_THAT(
        read(R"({"Values": {"API_KEY": null, "PORT": 81, "RATE_LIMIT": 0.5, "ADMIN_OPEN": true,
                         "ALLOWED_ORIGINS": ["https://a", "https://b"], "TRUSTED_PROXIES": [], "FUNCTIONS_WORKER_RUNTIME": "custom", "Other": 1}})"),
        UnorderedElementsAre(Pair("PORT", "81"), Pair("RATE_LIMIT", "0.5"), Pair("ADMIN_OPEN", "true"),
                             Pair("ALLOWED_ORIGINS", "https://a,https://b"), Pair("TRUSTED_PROXIES", ""),
                             Pair("FUNCTIONS_WORKER_RUNTIME", "custom"), Pair("Other", "1")));
}

TEST_F(SettingsFile, names_what_has_the_wrong_type) {
    for (const auto& [key, value] : {std::pair("API_KEY", "true"),
                                     {"API_KEY", "12"},
                                     {"API_KEY", "[]"},
                                     {"API_KEY", "{}"},
                                     {"PORT", "true"},
                                     {"PORT", "[81]"},
                                     {"ADMIN_OPEN", "1"},
                                     {"ALLOWED_ORIGINS", "{}"},
                                     {"ALLOWED_ORIGINS", "5"},
                                     {"ALLOWED_ORIGINS", "[5]"},
                                     {"ALLOWED_ORIGINS", "[null]"},
                                     {"DATABASE_URL", "5"},
                                     {"Other", "[]"},
                                     {"Other", "{}"}}) {
        const std::string error = fault_of("{\"Values\": {\"" + std::string(key) + "\": " + value + "}}");
        EXPECT_THAT(error, testing::StartsWith(std::string(key) + " has the wrong type: ")) << value;
    }
    for (const char* values : {"null", "[]", "5", "\"\"", "true"}) {
        EXPECT_THAT(fault_of("{\"Values\": " + std::string(values) + "}"),
                    HasSubstr("Values is not an object"));
    }
    EXPECT_THAT(fault_of(R"({"IsEncrypted": "no"})"), HasSubstr("IsEncrypted"));
    EXPECT_THAT(fault_of(R"({"IsEncrypted": true, "Values": {}})"), HasSubstr("decrypt"));
    EXPECT_THAT(fault_of(R"({"Host": []})"), HasSubstr("Host is not an object"));
}

TEST_F(SettingsFile, says_each_thing_once) {
    EXPECT_THAT(fault_of(R"({"Values": {"PORT": 1, "PORT": 2}})"), HasSubstr("PORT stands twice"));
    EXPECT_THAT(fault_of(R"({"Values": {}, "Values": {}})"), HasSubstr("Values stands twice"));
    EXPECT_EQ(fault_of(R"({"Values": {"Host": "x"}, "Host": {}})"), "none");
}

TEST_F(SettingsFile, must_be_a_file_of_json_that_can_be_read) {
    for (const char* bad : {"", "{ not json", "[]", "null", "5"}) {
        EXPECT_THAT(fault_of(bad), HasSubstr("not a JSON object")) << bad;
    }
    std::filesystem::remove(path_);
    std::filesystem::create_directory(path_);
    EXPECT_THAT(fault(), HasSubstr("not a file"));
    std::filesystem::remove(path_);
    std::filesystem::create_symlink(path_, path_);
    EXPECT_NE(fault(), "none") << "a link to itself cannot be read";
}

}  // namespace
}  // namespace bingefriend
