#include "base/display_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/code_points.hpp"

namespace bingefriend {
namespace {

constexpr std::int32_t zero_width_non_joiner = 0x200C;
constexpr std::int32_t zero_width_joiner = 0x200D;
constexpr std::int32_t first_script_with_joiners = 0x0600;  // Arabic; emoji come later too

// A character of a text, or a byte that is none.
struct Sign {
    std::string_view bytes;
    std::int32_t code_point = -1;  // negative if the bytes are not UTF-8
};

Sign sign_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    const std::int32_t c = next_code_point(text, end);
    return {text.substr(at, c < 0 ? 1 : end - at), c};
}

bool is_plain(char c) {
    return c >= 0x20 && c < 0x7f;
}

// Breaks of lines and pages, and tabs.
bool is_white_space(std::int32_t c) {
    return (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_variation_selector(std::int32_t c) {
    return c >= 0xFE00 && c <= 0xFE0F;
}

// Whether a terminal obeys it, or shows nothing in its place.
bool is_hidden(std::int32_t c) {
    const auto type = u_charType(c);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
           type == U_PARAGRAPH_SEPARATOR || type == U_SURROGATE ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

// Whether it belongs to the sign before it, as the marks between the parts of an emoji do.
bool joins(std::int32_t c, std::int32_t before) {
    return ((c == zero_width_joiner || c == zero_width_non_joiner) && before >= first_script_with_joiners &&
            !is_hidden(before)) ||
           (is_variation_selector(c) && before >= 0x20 && !is_hidden(before)) ||
           (c == zero_width_joiner && is_variation_selector(before));
}

template <typename Replace>
std::string replaced(std::string_view text, Replace replace) {
    std::string shown;
    shown.reserve(text.size());
    std::int32_t before = -1;
    for (std::size_t at = 0; at < text.size();) {
        if (is_plain(text[at])) {
            before = text[at];
            shown += text[at++];
            continue;
        }
        const Sign sign = sign_at(text, at);
        if (sign.code_point >= 0 && (joins(sign.code_point, before) || !is_hidden(sign.code_point))) {
            shown += sign.bytes;
        } else {
            replace(shown, sign);
        }
        before = sign.code_point;
        at += sign.bytes.size();
    }
    return shown;
}

void append_hex(std::string& text, std::uint32_t number, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        text += "0123456789ABCDEF"[(number >> static_cast<unsigned>(shift)) & 15u];
    }
}

void append_name(std::string& shown, const Sign& sign) {
    if (is_white_space(sign.code_point)) {
        shown += ' ';
    } else if (sign.code_point < 0) {
        shown += '<';
        append_hex(shown, static_cast<unsigned char>(sign.bytes.front()), 2);
        shown += '>';
    } else {
        shown += "<U+";
        append_hex(shown, static_cast<std::uint32_t>(sign.code_point), sign.code_point > 0xffff ? 6 : 4);
        shown += '>';
    }
}

void append_escape(std::string& json, std::uint32_t unit) {
    json += "\\u";
    append_hex(json, unit, 4);
}

}  // namespace

std::string display_text(std::string_view text) {
    return replaced(text, append_name);
}

std::string display_lines(std::string_view text) {
    return replaced(text, [](std::string& shown, const Sign& sign) {
        if (sign.code_point == '\n') {
            shown += '\n';
        } else {
            append_name(shown, sign);
        }
    });
}

std::string display_json(std::string_view json) {
    return replaced(json, [](std::string& shown, const Sign& sign) {
        const auto c = static_cast<std::uint32_t>(sign.code_point);
        if (sign.code_point == '\n') {  // between values: in a text it is escaped already
            shown += '\n';
        } else if (sign.code_point < 0) {
            append_escape(shown, 0xfffd);
        } else if (c > 0xffff) {
            append_escape(shown, 0xd7c0 + (c >> 10u));
            append_escape(shown, 0xdc00 + (c & 0x3ffu));
        } else {
            append_escape(shown, c);
        }
    });
}

std::size_t display_width(std::int32_t code_point) noexcept {
    switch (u_charType(code_point)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return 0;
        default:
            break;
    }
    // The vowels and final consonants of Hangul are drawn into the syllable that the first consonant begins.
    const int syllable = u_getIntPropertyValue(code_point, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) {
        return 0;
    }
    const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace bingefriend
