#include "settings/settings.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "base/error.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"
#include "settings/settings_file.hpp"

namespace bingefriend {
namespace {

// REQUIRES: text is not empty. Control characters and outer spaces are never meant: they come from a stray
// end of line, or from a space that nobody saw.
void check_text(const Setting& setting, std::string_view text) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), is_control)) {
        throw Error(ErrorKind::usage, fmt::format("{} has a control character", setting.key), "",
                    "remove line ends and tabs from its value");
    }
    if (setting.type != SettingType::list && (text.front() == ' ' || text.back() == ' ')) {
        throw Error(ErrorKind::usage, fmt::format("{} begins or ends with a space", setting.key), "",
                    "remove it");
    }
}

std::optional<Secret> checked(std::optional<Environment::Found> found, const Setting& setting) {
    if (!found) {
        return {};
    }
    check_text(setting, found->value.reveal());
    return std::move(found->value);
}

[[noreturn]] void refuse_number(const Setting& setting, const std::string& text, double min, double max,
                                const char* wanted) {
    throw Error(ErrorKind::usage, fmt::format("{} cannot be used", setting.key), text,
                fmt::format("give {} from {} to {}", wanted, min, max));
}

double checked_number(const Setting& setting, const std::string& text, double min, double max,
                      const char* wanted) {
    const std::optional<double> number = parse_number<double>(text);
    if (!number || !(*number >= min && *number <= max)) {
        refuse_number(setting, text, min, max, wanted);
    }
    return *number;
}

}  // namespace

Environment::Environment(const std::filesystem::path& settings_file)
    : file_name_(settings_file.filename().string()), file_(read_settings_file(settings_file)) {
    for (const std::string& warning : unknown_settings(file_)) {
        spdlog::warn("{}: {}", file_name_, warning);
    }
}

std::optional<Environment::Found> Environment::find(const Setting& setting) const {
    const std::string name(setting.key);
    if (const char* set = std::getenv(name.c_str()); set != nullptr && *set != '\0') {
        return Found{Secret(set), "environment"};
    }
    const auto at = file_.find(name);
    return at == file_.end() || at->second.empty() ? std::nullopt
                                                   : std::optional(Found{Secret(at->second), file_name_});
}

void Environment::check(const Setting& setting) const {
    (void)checked(find(setting), setting);
}

std::optional<std::string> Environment::value(SettingKey key) const {
    const std::optional<Secret> found = checked(find(key.setting()), key.setting());
    return found ? std::optional(found->reveal()) : std::nullopt;
}

std::optional<Secret> Environment::secret(SecretKey key) const {
    return checked(find(key.setting()), key.setting());
}

std::string Environment::value_or_default(SettingKey key) const {
    return value(key).value_or(std::string(key.setting().fallback));
}

Secret Environment::secret_or_default(SecretKey key) const {
    return secret(key).value_or(Secret(std::string(key.setting().fallback)));
}

double Environment::number(SettingKey key, double min, double max) const {
    return checked_number(key.setting(), value_or_default(key), min, max, "a number");
}

std::size_t Environment::whole_number(SettingKey key, double min, double max) const {
    const std::string text = value_or_default(key);
    const double value = checked_number(key.setting(), text, min, max, "a whole number");
    if (value != std::floor(value)) {
        refuse_number(key.setting(), text, min, max, "a whole number");
    }
    return static_cast<std::size_t>(value);
}

bool yes_or_no(std::string_view text, SettingKey key) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto& [yes, no] : {std::pair("true", "false"), {"1", "0"}, {"yes", "no"}, {"on", "off"}}) {
        if (lower == yes || lower == no) {
            return lower == yes;
        }
    }
    throw Error(ErrorKind::usage, fmt::format("{} is neither true nor false", key.setting().key), lower,
                "give true or false");
}

std::vector<std::string> split_at_commas(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (const std::string_view part = trimmed(text.substr(begin, end - begin)); !part.empty()) {
            parts.emplace_back(part);
        }
        begin = end + 1;
    }
    return parts;
}

}  // namespace bingefriend
