// Lists and tables that a field holds as text, in the syntax of JSON or of Python: ["Drama", null],
// ['Drama', None], {'name': 'AMC'}.  pandas writes them so into CSV.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bingefriend {

struct Literal {
    enum class Kind {
        missing,  // null, None, nan
        text,     // within quotes
        word,     // a number, true, False: as it is written
        list,     // also (...), a set, array([...])
        table,
        too_long,  // more than max_literal_items; nothing else is known of it
    };

    Kind kind = Kind::missing;
    std::string text;            // of text and word
    std::vector<Literal> items;  // of a list; the values of a table
    std::vector<std::string> keys;
};

inline constexpr std::size_t max_literal_items = 5'000;

// None if the text is not one literal, or is nested deeper than 16; the cost is linear.  Texts may hold bytes
// that are not UTF-8, as they are in `text`.
[[nodiscard]] std::optional<Literal> parse_literal(std::string_view text);

}  // namespace bingefriend
