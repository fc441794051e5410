#include "records/literal.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "records/missing_value.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_depth = 16;
constexpr std::string_view blanks = " \t\r\n";

void append_code_point(std::string& text, std::uint32_t c) {
    const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xc0 | c >> 6);
        byte(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        byte(0xe0 | c >> 12);
        byte(0x80 | (c >> 6 & 0x3f));
        byte(0x80 | (c & 0x3f));
    } else {
        byte(0xf0 | c >> 18);
        byte(0x80 | (c >> 12 & 0x3f));
        byte(0x80 | (c >> 6 & 0x3f));
        byte(0x80 | (c & 0x3f));
    }
}

std::optional<std::uint32_t> digit_value(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t at = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<std::uint32_t>(at));
}

class LiteralParser {
  public:
    explicit LiteralParser(std::string_view text) : rest_(text) {}

    std::optional<Literal> parse() {
        Literal literal;
        if (!value(literal, 0)) {
            literal = {};
            literal.kind = Literal::Kind::too_long;
            return items_ > max_literal_items ? std::optional(std::move(literal)) : std::nullopt;
        }
        skip_blanks();
        return rest_.empty() ? std::optional(std::move(literal)) : std::nullopt;
    }

  private:
    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size())); }
    bool take(char c) {
        skip_blanks();
        if (!rest_.starts_with(c)) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool value(Literal& literal, std::size_t depth) {
        if (++items_ > max_literal_items || depth > max_depth) {
            return false;
        }
        skip_blanks();
        if (rest_.starts_with("array(")) {  // of NumPy: array(['Drama'], dtype=object)
            rest_.remove_prefix(6);
            if (!value(literal, depth + 1) || literal.kind != Literal::Kind::list) {
                return false;
            }
            rest_.remove_prefix(std::min(rest_.find(')'), rest_.size()));
            return take(')');
        }
        if (take('[')) {
            return list(literal, ']', depth);
        }
        if (take('(')) {
            return list(literal, ')', depth);
        }
        if (take('{')) {
            return table_or_set(literal, depth);
        }
        if (is_quoted()) {
            literal.kind = Literal::Kind::text;
            return quoted(literal.text);
        }
        return word(literal);
    }

    // Python 2 writes u'...' and b'...'.
    [[nodiscard]] bool is_quoted() const {
        const std::size_t at = rest_.starts_with('u') || rest_.starts_with('b') ? 1 : 0;
        return rest_.size() > at && (rest_[at] == '"' || rest_[at] == '\'');
    }

    // NumPy prints lists without commas.
    bool list(Literal& literal, char closing, std::size_t depth) {
        literal.kind = Literal::Kind::list;
        while (!take(closing)) {
            if (!value(literal.items.emplace_back(), depth + 1)) {
                return false;
            }
            (void)take(',');
        }
        return true;
    }

    bool table_or_set(Literal& literal, std::size_t depth) {
        literal.kind = Literal::Kind::table;
        while (!take('}')) {
            Literal key;
            if (!value(key, depth + 1)) {
                return false;
            }
            if (literal.items.empty() && !(skip_blanks(), rest_.starts_with(':'))) {
                literal.items.push_back(std::move(key));
                (void)take(',');
                return list(literal, '}', depth);
            }
            if (!take(':') || !value(literal.items.emplace_back(), depth + 1)) {
                return false;
            }
            literal.keys.push_back(std::move(key.text));
            (void)take(',');
        }
        return true;
    }

    bool word(Literal& literal) {
        const std::string_view found = rest_.substr(0, rest_.find_first_of(" \t\r\n,:[](){}'\""));
        rest_.remove_prefix(found.size());
        if (!is_missing_value(found)) {
            literal.kind = Literal::Kind::word;
            literal.text = found;
        }
        return !found.empty();
    }

    bool quoted(std::string& text) {
        if (rest_.front() == 'u' || rest_.front() == 'b') {
            rest_.remove_prefix(1);
        }
        const char quote = rest_.front();
        rest_.remove_prefix(1);
        const std::array<char, 2> ends{quote, '\\'};
        for (;;) {
            const std::size_t plain = rest_.find_first_of(std::string_view(ends.data(), ends.size()));
            if (plain == std::string_view::npos) {
                return false;
            }
            text.append(rest_, 0, plain);
            const bool closes = rest_[plain] == quote;
            rest_.remove_prefix(plain + 1);
            if (closes) {
                return true;
            }
            if (rest_.empty() || !escape(text)) {
                return false;
            }
        }
    }

    // What follows a backslash.
    bool escape(std::string& text) {
        constexpr std::string_view names = "ntrbfva\n";
        constexpr std::string_view stand_for("\n\t\r\b\f\v\a\0", 8);
        const char c = rest_.front();
        if (c >= '0' && c <= '7') {
            const std::optional<std::uint32_t> code = number(3, 8, false);
            append_code_point(text, *code);
            return true;
        }
        rest_.remove_prefix(1);
        if (const std::size_t at = names.find(c); at != std::string_view::npos) {
            text.append(stand_for, at, c == '\n' ? 0 : 1);
            return true;
        }
        if (c == 'x' || c == 'u' || c == 'U') {
            return code_point(text, c == 'x' ? 2 : c == 'u' ? 4 : 8);
        }
        if (std::string_view("\\/'\"").find(c) == std::string_view::npos) {
            text += '\\';  // as in Python, an unknown escape stays
        }
        text += c;
        return true;
    }

    bool code_point(std::string& text, std::size_t digits) {
        std::optional<std::uint32_t> code = number(digits, 16, true);
        if (code && *code >= 0xd800 && *code < 0xdc00 && rest_.starts_with("\\u")) {
            rest_.remove_prefix(2);
            const std::optional<std::uint32_t> low = number(4, 16, true);
            code = low && *low >= 0xdc00 && *low < 0xe000
                       ? std::optional(0x10000 + ((*code - 0xd800) << 10) + (*low - 0xdc00))
                       : std::nullopt;
        }
        if (!code || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000)) {
            return false;
        }
        append_code_point(text, *code);
        return true;
    }

    // Up to so many digits; all of them if `whole`.
    std::optional<std::uint32_t> number(std::size_t digits, std::uint32_t base, bool whole) {
        std::uint32_t value = 0;
        std::size_t n = 0;
        for (; n < digits && n < rest_.size(); ++n) {
            const std::optional<std::uint32_t> digit = digit_value(rest_[n]);
            if (!digit || *digit >= base) {
                break;
            }
            value = value * base + *digit;
        }
        rest_.remove_prefix(n);
        return n == 0 || (whole && n < digits) ? std::nullopt : std::optional(value);
    }

    std::string_view rest_;
    std::size_t items_ = 0;
};

}  // namespace

std::optional<Literal> parse_literal(std::string_view text) {
    return LiteralParser(text).parse();
}

}  // namespace bingefriend
