#include "serve/request.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "base/numbers.hpp"
#include "base/trimmed.hpp"
#include "serve/header_text.hpp"

namespace bingefriend {
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            result += ' ';
        } else if (text[i] == '%') {
            unsigned value = 0;
            const char* const digits = text.data() + i + 1;
            if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2) {
                return {};
            }
            result += static_cast<char>(value);
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

namespace {

// The origin form, "/path?query", of an absolute target; none if that is not one.
std::optional<std::string_view> origin_form(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos || (!same_in_any_case(target.substr(0, scheme), "http") &&
                                             !same_in_any_case(target.substr(0, scheme), "https"))) {
        return {};
    }
    target.remove_prefix(scheme + 3);
    const std::string_view authority = target.substr(0, target.find_first_of("/?#"));
    if (authority.empty() || authority.front() == ':' || !is_authority(authority)) {
        return {};
    }
    return target.substr(authority.size());
}

// With its brackets.
bool is_ipv6(std::string_view text) {
    in6_addr address{};
    return text.size() > 2 && text.ends_with(']') &&
           ::inet_pton(AF_INET6, std::string(text.substr(1, text.size() - 2)).c_str(), &address) == 1;
}

bool is_registered_name(std::string_view text) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=%";
    return percent_decoded(text, false) && std::all_of(text.begin(), text.end(), [&](char c) {
               return (c >= '0' && c <= '9') || (lower_case(c) >= 'a' && lower_case(c) <= 'z') ||
                      marks.find(c) != std::string_view::npos;
           });
}

}  // namespace

const std::string* Target::value(std::string_view name) const {
    const auto at =
        std::find_if(query.rbegin(), query.rend(), [&](const auto& entry) { return entry.first == name; });
    return at == query.rend() ? nullptr : &at->second;
}

std::vector<std::string_view> Target::values(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const auto& [key, text] : query) {
        if (key == name) {
            found.emplace_back(text);
        }
    }
    return found;
}

void Target::keep(std::span<const std::string_view> names) {
    decltype(query) kept;
    for (const std::string_view name : names) {
        std::copy_if(query.begin(), query.end(), std::back_inserter(kept),
                     [&](const auto& entry) { return entry.first == name; });
    }
    query = std::move(kept);
}

bool is_authority(std::string_view text) {
    const std::size_t end =
        text.starts_with('[') ? std::min(text.find(']'), text.size() - 1) + 1 : text.find(':');
    const std::string_view host = text.substr(0, end);
    const std::string_view port = text.substr(host.size());
    const bool port_is_good =
        port.empty() || port == ":" || (port.front() == ':' && whole_number<std::uint16_t>(port.substr(1)));
    return port_is_good && (text.starts_with('[') ? is_ipv6(host) : is_registered_name(host));
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const std::optional<std::string_view> origin = origin_form(target);
        if (!origin) {
            return {};
        }
        target = *origin;
    }
    target = target.substr(0, target.find('#'));
    std::string_view path = next_part(target, '?');
    Target result;
    while (!path.empty()) {
        const std::string_view segment = next_part(path, '/');
        if (segment.empty()) {
            continue;
        }
        std::optional<std::string> text = percent_decoded(segment, false);
        if (!text) {
            return {};
        }
        result.path.push_back(std::move(*text));
    }
    if (!result.path.empty() && result.path.front() == "api") {
        result.path.erase(result.path.begin());
    }
    while (!target.empty()) {
        std::string_view value = next_part(target, '&');
        std::optional<std::string> key = percent_decoded(next_part(value, '='), true);
        std::optional<std::string> text = percent_decoded(value, true);
        if (!key || !text) {
            return {};
        }
        result.query.emplace_back(std::move(*key), std::move(*text));
    }
    return result;
}

namespace {

std::string_view opaque(std::string_view tag) {
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

// The q among the parameters of a coding: 1 if there is none, 0 if it is not one.
double quality_in(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view value = trimmed(next_part(parameters, ';'));
        if (same_in_any_case(trimmed(next_part(value, '=')), "q")) {
            const std::optional<double> quality = whole_number<double>(trimmed(value));
            return quality && *quality >= 0 && *quality <= 1 ? *quality : 0;
        }
    }
    return 1;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    std::optional<double> gzip;
    std::optional<double> any;
    double identity = 0;
    while (!accept_encoding.empty()) {
        std::string_view parameters = next_part(accept_encoding, ',');
        const std::string_view coding = trimmed(next_part(parameters, ';'));
        const double quality = quality_in(parameters);
        if (same_in_any_case(coding, "gzip") || same_in_any_case(coding, "x-gzip")) {
            gzip = std::max(quality, gzip.value_or(0));
        } else if (coding == "*") {
            any = quality;
        } else if (same_in_any_case(coding, "identity")) {
            identity = quality;
        }
    }
    const double wanted = gzip ? *gzip : any.value_or(0);
    return wanted > 0 && wanted >= identity;
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
    while (!if_none_match.empty()) {
        if (opaque(trimmed(next_part(if_none_match, ','))) == opaque(tag)) {
            return true;
        }
    }
    return false;
}

}  // namespace bingefriend
