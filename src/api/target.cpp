#include "api/target.hpp"

#include <algorithm>
#include <iterator>

#include "base/percent.hpp"
#include "base/text.hpp"
#include "http/authority.hpp"

namespace bingefriend {
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
        std::optional<std::string> text = percent_decoded_strictly(segment);
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
        std::optional<std::string> key = percent_decoded_strictly(next_part(value, '='), Plus::space);
        std::optional<std::string> text = percent_decoded_strictly(value, Plus::space);
        if (!key || !text) {
            return {};
        }
        result.query.emplace_back(std::move(*key), std::move(*text));
    }
    return result;
}

}  // namespace bingefriend
