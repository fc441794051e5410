#include "base/json_text.hpp"

#include <simdjson.h>

#include <algorithm>
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

// What a text has that a JSON string may not have as it is.
struct Unusual {
    bool needs_escapes = false;  // may be true for a text without one, if another has one
    bool is_ascii = true;
};

// Eight characters at a time: a mark is the high bit of a byte.
Unusual unusual_in(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x80 * ones;
    const auto zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    std::uint64_t escapes = 0;
    std::uint64_t all = 0;
    const auto look_at = [&](std::uint64_t eight) {
        const std::uint64_t control = (eight - 0x20 * ones) & ~eight;
        escapes |= control | zero(eight ^ ('"' * ones)) | zero(eight ^ ('\\' * ones));
        all |= eight;
    };
    for (; text.size() >= sizeof(all); text.remove_prefix(sizeof(all))) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data(), sizeof(eight));
        look_at(eight);
    }
    std::uint64_t last = ' ' * ones;
    text.copy(reinterpret_cast<char*>(&last), text.size());
    look_at(last);
    return {.needs_escapes = (escapes & high) != 0, .is_ascii = (all & high) == 0};
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

// REQUIRES: text is UTF-8.
std::string escaped(std::string_view text) {
    std::string out = "\"";
    append_with_escapes(out, text);
    return out += '"';
}

std::string mended(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

constexpr std::array<char, 200> pairs = [] {
    std::array<char, 200> digits{};
    for (std::size_t i = 0; i < 100; ++i) {
        digits[2 * i] = static_cast<char>('0' + i / 10);
        digits[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return digits;
}();

// REQUIRES: number < 1,000,000.
void write_six(char* to, std::uint32_t number) {
    std::memcpy(to, &pairs[2 * (number / 10'000)], 2);
    std::memcpy(to + 2, &pairs[2 * (number / 100 % 100)], 2);
    std::memcpy(to + 4, &pairs[2 * (number % 100)], 2);
}

// Scores have at most twelve digits behind the point: as whole numbers they are written several times faster.
// A number of so few digits that reads back the same is the shortest one.  Null for any other number.
char* decimal(char* to, double number) {
    constexpr double scale = 1e12;
    constexpr std::int64_t million = 1'000'000;
    const bool may_be = (number >= 1e-3 && number <= 1) || (number == 0 && !std::signbit(number));
    const auto digits = may_be ? static_cast<std::int64_t>(number * scale + 0.5) : 0;
    if (!may_be || static_cast<double>(digits) / scale != number) {
        return nullptr;
    }
    to[0] = number == 1 ? '1' : '0';
    to[1] = '.';
    write_six(to + 2, static_cast<std::uint32_t>(digits / million % million));
    write_six(to + 8, static_cast<std::uint32_t>(digits % million));
    char* end = to + (digits % million == 0 ? 8 : 14);
    while (end[-1] == '0' && end[-2] != '.') {
        --end;
    }
    return end;
}

}  // namespace

void JsonText::grow(std::size_t bytes) {
    text_.resize(std::max(2 * text_.size(), used_ + bytes + 64));
}

void JsonText::value(std::string_view text) {
    const Unusual unusual = unusual_in(text);
    if (!unusual.is_ascii && !simdjson::validate_utf8(text.data(), text.size())) {
        literal(mended(text));
        return;
    }
    if (unusual.needs_escapes) {
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
