#include "settings/settings_file.hpp"

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
    std::string error_message() {
        try {
            (void)read_settings_file(path_);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            return error.what();
        }
        return "none";
    }
    std::string error_of(const std::string& json) {
        std::ofstream(path_) << json;
        return error_message();
    }

    TestFolder folder_;
    std::filesystem::path path_ = folder_ / "local.settings.json";
};

TEST_F(SettingsFile, may_be_missing_or_empty) {
    EXPECT_EQ(error_message(), "none");
    EXPECT_THAT(read("{}"), IsEmpty());
    EXPECT_THAT(
        read(R"({"IsEncrypted": false, "Values": {}, "Host": {"CORS": "*"}, "ConnectionStrings": {}})"),
        IsEmpty());
}

TEST_F(SettingsFile, gives_texts_and_treats_null_as_unset) {
    EXPECT_THAT(
        read(R"({"Values": {"API_KEY": null, "PORT": 81, "RATE_LIMIT": 0.5, "ADMIN_OPEN": true,
                         "ALLOWED_ORIGINS": ["https://a", "https://b"], "TRUSTED_PROXIES": [], "FUNCTIONS_WORKER_RUNTIME": "custom", "Other": 1}})"),
        UnorderedElementsAre(Pair("PORT", "81"), Pair("RATE_LIMIT", "0.5"), Pair("ADMIN_OPEN", "true"),
                             Pair("ALLOWED_ORIGINS", "https://a,https://b"), Pair("TRUSTED_PROXIES", ""),
                             Pair("FUNCTIONS_WORKER_RUNTIME", "custom"), Pair("Other", "1")));
}

TEST_F(SettingsFile, names_the_key_of_a_wrong_type) {
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
        const std::string error = error_of("{\"Values\": {\"" + std::string(key) + "\": " + value + "}}");
        EXPECT_THAT(error, testing::StartsWith(std::string(key) + " has the wrong type: ")) << value;
    }
    for (const char* values : {"null", "[]", "5", "\"\"", "true"}) {
        EXPECT_THAT(error_of("{\"Values\": " + std::string(values) + "}"),
                    HasSubstr("Values is not an object"));
    }
    EXPECT_THAT(error_of(R"({"IsEncrypted": "no"})"), HasSubstr("IsEncrypted"));
    EXPECT_THAT(error_of(R"({"IsEncrypted": true, "Values": {}})"), HasSubstr("decrypt"));
    EXPECT_THAT(error_of(R"({"Host": []})"), HasSubstr("Host is not an object"));
}

TEST_F(SettingsFile, refuses_a_key_that_appears_twice) {
    EXPECT_THAT(error_of(R"({"Values": {"PORT": 1, "PORT": 2}})"), HasSubstr("PORT appears twice"));
    EXPECT_THAT(error_of(R"({"Values": {}, "Values": {}})"), HasSubstr("Values appears twice"));
    EXPECT_EQ(error_of(R"({"Values": {"Host": "x"}, "Host": {}})"), "none");
}

TEST_F(SettingsFile, must_be_a_readable_json_file) {
    for (const char* bad : {"", "{ not json", "[]", "null", "5"}) {
        EXPECT_THAT(error_of(bad), HasSubstr("not a JSON object")) << bad;
    }
    std::filesystem::remove(path_);
    std::filesystem::create_directory(path_);
    EXPECT_THAT(error_message(), HasSubstr("not a file"));
    std::filesystem::remove(path_);
    std::filesystem::create_symlink(path_, path_);
    EXPECT_NE(error_message(), "none") << "a link to itself cannot be read";
}

TEST_F(SettingsFile, warns_once_of_each_unknown_key_with_the_closest_one) {
    EXPECT_THAT(unknown_settings({{"DATABASE_URI", "x"}, {"port", "81"}, {"Other", "1"}, {"API_KEY", "k"}}),
                testing::ElementsAre("unknown setting DATABASE_URI: did you mean DATABASE_URL?",
                                     "unknown setting Other: it has no effect",
                                     "unknown setting port: did you mean PORT?"));
}

TEST_F(SettingsFile, does_not_warn_of_the_keys_of_azure_functions) {
    EXPECT_THAT(unknown_settings({{"FUNCTIONS_WORKER_RUNTIME", "custom"},
                                  {"FUNCTIONS_EXTENSION_VERSION", "~4"},
                                  {"AzureWebJobsStorage", "UseDevelopmentStorage=true"},
                                  {"AzureWebJobsFeatureFlags", "x"},
                                  {"AzureFunctionsJobHost__logging__logLevel__default", "Information"},
                                  {"APPLICATIONINSIGHTS_CONNECTION_STRING", "x"},
                                  {"WEBSITE_RUN_FROM_PACKAGE", "1"}}),
                IsEmpty());
}

}  // namespace
}  // namespace bingefriend
