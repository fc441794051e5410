#include "app/origins.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.hpp"

namespace bingefriend {
namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool has_only(std::string_view text, std::string_view others) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return letters_and_digits.find(c) != std::string_view::npos ||
               others.find(c) != std::string_view::npos;
    });
}

bool is_port(std::string_view text, std::string_view scheme) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool is_default = (scheme == "http" && port == 80) || (scheme == "https" && port == 443);
    return error == std::errc{} && end == text.data() + text.size() && text.front() != '0' && !is_default;
}

// As browsers write it: in lower case, without a path and without the port that the scheme has anyway.
bool is_origin(std::string_view text) {
    const std::size_t scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) {
        return false;
    }
    const std::string_view scheme = text.substr(0, scheme_end);
    const std::string_view authority = text.substr(scheme_end + 3);
    const std::size_t host_end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    const std::string_view host = authority.substr(0, host_end);
    const std::string_view port = authority.substr(host.size());
    const bool host_is_good =
        host.starts_with('[') ? has_only(host.substr(1, host.size() - 2), ":.") : has_only(host, "-._");
    return has_only(scheme, "+-.") && host_is_good &&
           (port.empty() || (port.starts_with(':') && is_port(port.substr(1), scheme)));
}

std::vector<std::string> from_json(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto is_text = [](const nlohmann::json& entry) { return entry.is_string(); };
    if (!json.is_array() || !std::all_of(json.begin(), json.end(), is_text)) {
        throw Error(ErrorKind::usage, "ALLOWED_ORIGINS is not a JSON array of texts", "",
                    "give [\"https://one\", \"https://two\"]");
    }
    return json.get<std::vector<std::string>>();
}

}  // namespace

std::vector<std::string> allowed_origins(const Environment& environment) {
    const std::string text = environment.value_or_default("ALLOWED_ORIGINS");
    std::vector<std::string> origins = text.starts_with('[') ? from_json(text) : listed(text);
    for (const std::string& origin : origins) {
        if (origin != "*" && !is_origin(origin)) {
            throw Error(ErrorKind::usage, "ALLOWED_ORIGINS has an entry that is not an origin", origin,
                        "give scheme://host or scheme://host:port in lower case, without a path, or * alone");
        }
    }
    return origins;
}

}  // namespace bingefriend
