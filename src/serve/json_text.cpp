#include "serve/json_text.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace bingefriend {
namespace {

// Whether it may not stand in a JSON string as it is.
constexpr bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Every byte is looked at, so that a compiler can look at many at once.
bool any_needs_escape(std::string_view text) {
    bool any = false;
    for (const char c : text) {
        any |= needs_escape(c);
    }
    return any;
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
    }
}

void append_with_escapes(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (needs_escape(c)) {
            append_escaped(out, c);
        } else {
            out += c;
        }
    }
}

}  // namespace

void JsonText::key(std::string_view name) {
    separator();
    text_ += '"';
    text_ += name;
    text_ += "\":";
    separate_ = false;
}

void JsonText::value(std::string_view text) {
    separator();
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        text_ += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
    }
    text_ += '"';
    if (any_needs_escape(text)) {
        append_with_escapes(text_, text);
    } else {
        text_ += text;
    }
    text_ += '"';
}

void JsonText::value(std::int64_t number) {
    std::array<char, 24> digits;
    literal({digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr});
}

void JsonText::value(double number) {
    if (!std::isfinite(number)) {
        null();
        return;
    }
    std::array<char, 32> digits;
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text(digits.data(), end);
    literal(text);
    if (text.find_first_of(".e") == std::string_view::npos) {
        text_ += ".0";
    }
}

}  // namespace bingefriend
