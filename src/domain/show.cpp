#include "domain/show.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace bingefriend {
namespace {

// Behind a <; any other byte makes that a text.
bool begins_tag(char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '/' || c == '!';
}

}  // namespace

bool is_utf8(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string_view cut_html(std::string_view html, std::size_t most) {
    if (html.size() <= most) {
        return html;
    }
    constexpr std::size_t max_reference_bytes = 34;
    while (most > 0 && (html[most] & 0xc0) == 0x80) {
        --most;
    }
    const std::string_view cut = html.substr(0, most);
    const std::size_t tag = cut.rfind('<');
    const bool is_tag = tag != std::string_view::npos && (tag + 1 == cut.size() || begins_tag(cut[tag + 1]));
    if (is_tag && cut.find('>', tag) == std::string_view::npos) {
        return cut.substr(0, tag);
    }
    const std::size_t reference = cut.rfind('&');
    const bool is_open = reference != std::string_view::npos && most - reference < max_reference_bytes &&
                         cut.find_first_of("; ", reference) == std::string_view::npos;
    return is_open ? cut.substr(0, reference) : cut;
}

std::string fault_of(const Show& show) {
    if (to_number(show.id) < 1) {
        return "id: not a positive integer";
    }
    if (trimmed_widely(show.name).empty()) {
        return "no name";
    }
    if (show.rating && !(*show.rating >= 0 && *show.rating <= 10)) {
        return "rating: not in 0 to 10";
    }
    if (show.genres.size() > ShowLimits::genres) {
        return "genres: too many";
    }
    const std::array<std::pair<const char*, std::string_view>, 8> names{{{"name", show.name},
                                                                         {"type", show.type},
                                                                         {"language", show.language},
                                                                         {"status", show.status},
                                                                         {"platform", show.platform},
                                                                         {"webChannel", show.web_channel},
                                                                         {"premiered", show.premiered},
                                                                         {"imdb", show.links.imdb}}};
    for (const auto& [field, text] : names) {
        if (text.size() > ShowLimits::name_bytes) {
            return std::string(field) + ": too long";
        }
        if (!is_utf8(text)) {
            return std::string(field) + ": invalid UTF-8";
        }
    }
    for (const std::string* link : {&show.links.url, &show.links.image_medium, &show.links.image_original}) {
        if (!link->empty() && (!is_link(*link) || !is_utf8(*link))) {
            return "url or image: not a link";
        }
    }
    for (const std::string& genre : show.genres) {
        if (genre.size() > ShowLimits::name_bytes || !is_utf8(genre)) {
            return "genres: one is too long or invalid UTF-8";
        }
    }
    if (show.summary.size() > ShowLimits::summary_bytes ||
        show.summary_text.size() > ShowLimits::summary_text_bytes) {
        return "summary: too long";
    }
    if (!is_utf8(show.summary) || !is_utf8(show.summary_text)) {
        return "summary: invalid UTF-8";
    }
    return {};
}

}  // namespace bingefriend
