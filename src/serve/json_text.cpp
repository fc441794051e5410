#include "serve/json_text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace bingefriend {
namespace {

// Whether it may not stand in a JSON string as it is.
constexpr bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

// Eight characters at a time: the high bit of each byte that is not an ASCII character, or needs an escape.
std::uint64_t unusual(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x80 * ones;
    const auto is_zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    const std::uint64_t control = (eight - 0x20 * ones) & ~eight;
    return (eight | control | is_zero(eight ^ ('"' * ones)) | is_zero(eight ^ ('\\' * ones))) & high;
}

// Whether every character is ASCII and stands for itself.  Where one does not, another may be told of, too,
// but never where all do.
bool is_plain(std::string_view text) {
    std::uint64_t found = 0;
    for (; text.size() >= sizeof(found); text.remove_prefix(sizeof(found))) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data(), sizeof(eight));
        found |= unusual(eight);
    }
    for (const char c : text) {
        found |= needs_escape(c) || static_cast<unsigned char>(c) >= 0x80 ? 1 : 0;
    }
    return found == 0;
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

std::string escaped(std::string_view text) {
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    std::string out = "\"";
    append_with_escapes(out, text);
    return out += '"';
}

// Scores have at most twelve digits behind the point: as whole numbers they are written several times faster.
// A number of so few digits that reads back the same is the shortest one.  Null for any other number.
char* decimal(char* to, double number) {
    constexpr double scale = 1e12;
    if (!(number >= 1e-3 && number < 1)) {
        return nullptr;
    }
    const auto digits = static_cast<std::int64_t>(number * scale + 0.5);
    if (static_cast<double>(digits) / scale != number) {
        return nullptr;
    }
    char* end =
        std::to_chars(to + 1, to + 14, digits + static_cast<std::int64_t>(scale)).ptr;  // 1 before them
    to[0] = '0';
    to[1] = '.';
    while (end[-1] == '0') {
        --end;
    }
    return end;
}

}  // namespace

void JsonText::grow(std::size_t bytes) {
    text_.resize(std::max(2 * text_.size(), used_ + bytes + 64));
}

void JsonText::value(std::string_view text) {
    if (!is_plain(text)) {
        literal(escaped(text));
        return;
    }
    char* const to = separated(text.size() + 2);
    *to = '"';
    text.copy(to + 1, text.size());  // memcpy takes no null
    to[text.size() + 1] = '"';
    used_ += text.size() + 2;
}

void JsonText::value(std::int64_t number) {
    constexpr std::size_t most = 20;
    char* const to = separated(most);
    used_ += static_cast<std::size_t>(std::to_chars(to, to + most, number).ptr - to);
}

void JsonText::value(double number) {
    if (!std::isfinite(number)) {
        null();
        return;
    }
    constexpr std::size_t most = 32;
    char* const to = separated(most);
    char* end = decimal(to, number);
    if (end == nullptr) {
        end = std::to_chars(to, to + most, number).ptr;
        if (std::string_view(to, end).find_first_of(".e") == std::string_view::npos) {
            *end++ = '.';
            *end++ = '0';
        }
    }
    used_ += static_cast<std::size_t>(end - to);
}

}  // namespace bingefriend
