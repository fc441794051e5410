#include "serve/request.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "domain/trimmed.hpp"

namespace bingefriend {
namespace {

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
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

// Cuts the text before the next `separator` off `rest`.
std::string_view next_part(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
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

std::string Target::canonical() const {
    std::string text;
    const auto add = [&](char kind, std::string_view part) {
        text += kind;
        text += std::to_string(part.size());  // as a part may hold any byte
        text += ':';
        text += part;
    };
    for (const std::string& segment : path) {
        add('/', segment);
    }
    for (const auto& [name, value] : query) {
        add('?', name);
        add('=', value);
    }
    return text;
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        return {};
    }
    target = target.substr(0, target.find('#'));
    std::string_view path = next_part(target, '?');
    Target result;
    while (!path.empty()) {
        const std::string_view segment = next_part(path, '/');
        if (segment.empty()) {
            continue;
        }
        std::optional<std::string> text = decoded(segment, false);
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
        std::optional<std::string> key = decoded(next_part(value, '='), true);
        std::optional<std::string> text = decoded(value, true);
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

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        std::string_view parameters = next_part(accept_encoding, ',');
        const std::string_view coding = trimmed(next_part(parameters, ';'));
        const std::string_view quality = trimmed(parameters);
        const bool wanted =
            !quality.starts_with("q=0") || quality.find_first_of("123456789") != std::string_view::npos;
        if (coding == "gzip" || coding == "x-gzip") {
            return wanted;
        }
        any = any || (coding == "*" && wanted);
    }
    return any;
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
