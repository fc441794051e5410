#include "settings/settings_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "settings/closest.hpp"
#include "settings/setting_table.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse_file(const std::string& what, const std::filesystem::path& path,
                              const char* remedy) {
    throw Error(ErrorKind::usage, what, path.string(), remedy);
}

std::string text_of_file(const std::filesystem::path& path) {
    std::error_code unreadable;
    if (!std::filesystem::is_regular_file(path, unreadable)) {
        refuse_file("the settings are not a file", path, "make it a JSON file or remove it");
    }
    std::ifstream file(path);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        refuse_file("the settings cannot be read", path, "check the permissions of the file or remove it");
    }
    return text;
}

// JSON does not define which of two members with one name counts, so this refuses them.
Json parsed_settings(const std::string& text, const std::filesystem::path& path) {
    std::vector<std::set<std::string>> open;
    std::optional<std::string> twice;
    const auto note = [&](int, Json::parse_event_t event, const Json& value) {
        if (event == Json::parse_event_t::object_start) {
            open.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            open.pop_back();
        } else if (event == Json::parse_event_t::key &&
                   !open.back().insert(value.get<std::string>()).second) {
            twice = value.get<std::string>();
        }
        return true;
    };
    Json json = Json::parse(text, note, false);
    if (!json.is_object()) {
        refuse_file("the settings are not a JSON object", path, "fix the file or remove it");
    }
    if (twice) {
        refuse_file(fmt::format("{} appears twice in the settings", *twice), path, "remove one of them");
    }
    return json;
}

// Checks the members beside `Values`.
void check_members(const Json& settings, const std::filesystem::path& path) {
    for (const auto& [key, value] : settings.items()) {
        if (key == "IsEncrypted" && !value.is_boolean()) {
            refuse_file("IsEncrypted is neither true nor false", path, "set it to false");
        }
        if (key == "IsEncrypted" && value.get<bool>()) {
            refuse_file("IsEncrypted is true, and only the Functions tools can decrypt the settings", path,
                        "run `func settings decrypt`");
        }
        if ((key == "Values" || key == "Host" || key == "ConnectionStrings") && !value.is_object()) {
            refuse_file(key + " is not an object", path, "give {\"KEY\": \"value\"}");
        }
    }
}

SettingType type_of(std::string_view key) {
    const auto at = std::find_if(setting_table.begin(), setting_table.end(),
                                 [&](const Setting& setting) { return setting.key == key; });
    return at == setting_table.end() ? SettingType::any : at->type;
}

std::optional<std::string> joined(const Json& list) {
    std::string text;
    for (const Json& entry : list) {
        if (!entry.is_string()) {
            return {};
        }
        text += (text.empty() ? "" : ",") + entry.get<std::string>();
    }
    return text;
}

std::optional<std::string> text_of(const Json& value, SettingType type) {
    const bool any = type == SettingType::any;
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if ((value.is_number() && (any || type == SettingType::number)) ||
        (value.is_boolean() && (any || type == SettingType::boolean))) {
        return value.dump();
    }
    return value.is_array() && type == SettingType::list ? joined(value) : std::nullopt;
}

const char* expected(SettingType type) {
    switch (type) {
        case SettingType::number:
            return "give a number";
        case SettingType::boolean:
            return "give true or false";
        case SettingType::list:
            return "give a string or an array of strings";
        case SettingType::text:
            return "give a string in quotes";
        case SettingType::any:
            break;
    }
    return "give a string, a number, true or false";
}

// Keys that Azure Functions and its tools put into `Values`.
bool is_of_azure(std::string_view key) {
    constexpr std::array<std::string_view, 9> prefixes{
        "FUNCTIONS_",   "AzureWebJobs",         "AzureFunctions", "WEBSITE_",       "WEBSITES_",
        "APPINSIGHTS_", "APPLICATIONINSIGHTS_", "SCM_",           "languageWorkers"};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [key](std::string_view prefix) { return key.starts_with(prefix); });
}

}  // namespace

std::map<std::string, std::string> read_settings_file(const std::filesystem::path& path) {
    std::error_code unreadable;
    if (!std::filesystem::exists(path, unreadable) && !unreadable) {
        return {};
    }
    const Json settings = parsed_settings(text_of_file(path), path);
    check_members(settings, path);
    std::map<std::string, std::string> values;
    if (!settings.contains("Values")) {
        return values;
    }
    for (const auto& [key, value] : settings.at("Values").items()) {
        if (value.is_null()) {
            continue;
        }
        const SettingType type = type_of(key);
        std::optional<std::string> text = text_of(value, type);
        if (!text) {
            refuse_file(fmt::format("{} has the wrong type", key), path, expected(type));
        }
        values[key] = std::move(*text);
    }
    return values;
}

std::vector<std::string> unknown_settings(const std::map<std::string, std::string>& values) {
    std::vector<std::string> known;
    for (const Setting& setting : setting_table) {
        known.emplace_back(setting.key);
    }
    std::vector<std::string> warnings;
    for (const auto& [key, value] : values) {
        if (std::find(known.begin(), known.end(), key) == known.end() && !is_of_azure(key)) {
            const std::string meant = closest(key, known);
            warnings.push_back(
                fmt::format("unknown setting {}: {}", key,
                            meant.empty() ? "it has no effect" : fmt::format("did you mean {}?", meant)));
        }
    }
    return warnings;
}

}  // namespace bingefriend
