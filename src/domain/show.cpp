#include "domain/show.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace bingefriend {
namespace {

// How many bytes the code point that begins with `lead` has, and the least it may stand for.
constexpr std::pair<std::size_t, std::uint32_t> form_of(unsigned char lead) {
    return lead < 0x80             ? std::pair{1u, 0u}
           : (lead & 0xe0) == 0xc0 ? std::pair{2u, 0x80u}
           : (lead & 0xf0) == 0xe0 ? std::pair{3u, 0x800u}
           : (lead & 0xf8) == 0xf0 ? std::pair{4u, 0x10000u}
                                   : std::pair{0u, 0u};
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text[0]);
        const auto [length, least] = form_of(lead);
        if (length == 0 || length > text.size()) {
            return false;
        }
        std::uint32_t c = length == 1 ? lead : lead & (0x7fu >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[i]);
            if ((next & 0xc0) != 0x80) {
                return false;
            }
            c = c << 6 | (next & 0x3fu);
        }
        if (c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

bool is_link(std::string_view text) {
    return (text.starts_with("https://") || text.starts_with("http://")) &&
           text.size() <= ShowLimits::link_bytes && std::none_of(text.begin(), text.end(), [](char c) {
               return (c >= 0 && c <= ' ') || c == '\x7f' || c == '"' || c == '<' || c == '>';
           });
}

std::string fault_of(const Show& show) {
    if (to_number(show.id) < 1) {
        return "id: not a positive integer";
    }
    if (is_blank(show.name)) {
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
    for (const std::string* text : {&show.summary, &show.summary_text}) {
        if (text->size() > ShowLimits::summary_bytes) {
            return "summary: too long";
        }
        if (!is_utf8(*text)) {
            return "summary: invalid UTF-8";
        }
    }
    return {};
}

}  // namespace bingefriend
