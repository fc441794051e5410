#include "serve/json_text.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace bingefriend {
namespace {

// What may not stand in a JSON string as it is.
constexpr auto needs_escape = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c) {
        table[c] = true;
    }
    table['"'] = table['\\'] = true;
    return table;
}();

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
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (needs_escape[static_cast<unsigned char>(text[i])]) {
            text_.append(text, copied, i - copied);
            append_escaped(text_, text[i]);
            copied = i + 1;
        }
    }
    text_.append(text, copied);
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
