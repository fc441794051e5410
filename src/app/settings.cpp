#include "app/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "app/settings_file.hpp"
#include "base/error.hpp"
#include "base/shown_url.hpp"

namespace bingefriend {

namespace {

// REQUIRES: text is not empty.  What no value has: it comes from an unnoticed end of line, or a blank that
// somebody did not see.
void check_text(const Setting& setting, std::string_view text) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), is_control)) {
        throw Error(ErrorKind::usage, fmt::format("{} has a control character", setting.key), "",
                    "remove line ends and tabs from its value");
    }
    if (setting.type != SettingType::list && (text.front() == ' ' || text.back() == ' ')) {
        throw Error(ErrorKind::usage, fmt::format("{} begins or ends with a blank", setting.key), "",
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

}  // namespace

Environment::Environment(const std::filesystem::path& settings_file)
    : file_name_(settings_file.filename().string()), file_(read_settings_file(settings_file)) {}

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

SourceChoice source_choice(const Options& options, const Environment& environment) {
    std::string kind = options.source.value_or(options.catalogue    ? "file"
                                               : options.tvmaze_url ? "tvmaze"
                                                                    : "");
    const std::optional<Secret> url =
        options.show_service_url ? options.show_service_url : environment.secret("SHOW_SERVICE_URL");
    if (kind.empty()) {
        kind = url ? "show-service" : "sample";
    }
    if (kind == "file") {
        if (!options.catalogue) {
            throw Error(ErrorKind::usage, "--source file needs a file", "", "give it with --catalogue FILE");
        }
        if (options.catalogue->find("://") != std::string::npos) {
            throw Error(ErrorKind::usage, "--catalogue takes a file, not a URL", "",
                        "download the file first, or give a service with --show-service-url");
        }
        return {SourceKind::file, *options.catalogue, {}};
    }
    if (options.catalogue) {
        throw Error(ErrorKind::usage, fmt::format("--catalogue does not go with --source {}", kind), "",
                    "leave one of them out");
    }
    if (kind == "show-service") {
        if (!url) {
            throw Error(ErrorKind::usage, "the show service has no address", "",
                        "give it with --show-service-url or SHOW_SERVICE_URL");
        }
        require_clear_url(url->reveal(), "SHOW_SERVICE_URL");
        return {SourceKind::show_service, {}, *url};
    }
    if (kind == "tvmaze") {
        const Secret tvmaze =
            options.tvmaze_url ? *options.tvmaze_url : environment.secret_or_default("TVMAZE_URL");
        require_clear_url(tvmaze.reveal(), "TVMAZE_URL");
        return {SourceKind::tvmaze, {}, tvmaze};
    }
    return {};
}

std::string name_of(SourceKind kind) {
    switch (kind) {
        case SourceKind::file:
            return "file";
        case SourceKind::show_service:
            return "show-service";
        case SourceKind::tvmaze:
            return "tvmaze";
        case SourceKind::sample:
            break;
    }
    return "sample";
}

std::string shown_location(const SourceChoice& source) {
    return source.kind == SourceKind::file ? source.file : without_secrets(source.url.reveal());
}

Secret database_url(const Options& options, const Environment& environment) {
    return options.database_url ? *options.database_url : environment.secret_or_default("DATABASE_URL");
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

std::uint16_t port(const Options& options, const Environment& environment) {
    if (options.port) {
        return *options.port;
    }
    const SettingKey key = environment.value("FUNCTIONS_CUSTOMHANDLER_PORT")
                               ? SettingKey("FUNCTIONS_CUSTOMHANDLER_PORT")
                               : SettingKey("PORT");
    const std::string text = environment.value_or_default(key);
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw Error(ErrorKind::usage, fmt::format("{} is no port", key.setting().key), "",
                    "give a number from 0 to 65535");
    }
    return number;
}

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::size_t first = text.find_first_not_of(' ', begin);
        if (first < end) {
            parts.emplace_back(text.substr(first, text.find_last_not_of(' ', end - 1) + 1 - first));
        }
        begin = end + 1;
    }
    return parts;
}

namespace {

double share_in(const Environment& environment, SettingKey key) {
    const std::string text = environment.value_or_default(key);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !(number >= 0 && number <= 1)) {
        throw Error(ErrorKind::usage, fmt::format("{} cannot be used", key.setting().key), text,
                    "give a number from 0 to 1");
    }
    return number;
}

}  // namespace

GateLimits gate_limits(const Options& options, const Environment& environment) {
    const auto limit = [&](const std::optional<double>& flag, SettingKey key) {
        return flag ? *flag : share_in(environment, key);
    };
    return {.least_shows = limit(options.gate_min_shows, "GATE_MIN_SHOWS"),
            .most_fall = limit(options.gate_max_fall, "GATE_MAX_FALL"),
            .least_overlap = limit(options.gate_min_overlap, "GATE_MIN_OVERLAP")};
}

RankingSettings ranking_settings(const Options& options) {
    const Weights& w = options.weights;
    const double sum = sum_of(w);
    const bool none_negative =
        std::all_of(w.values.begin(), w.values.end(), [](double weight) { return weight >= 0; });
    if (!(none_negative && sum > 0 && std::isfinite(sum))) {
        std::string flags;
        for (const PartDefinition& d : all_parts) {
            flags += fmt::format("{}--{}-weight", flags.empty() ? "" : ", ", d.name);
        }
        throw Error(ErrorKind::usage, "the weights cannot be used", "",
                    fmt::format("give weights of 0 or more, not all 0: {}", flags));
    }
    return {normalised(w), options.top_n, options.min_similarity};
}

}  // namespace bingefriend
