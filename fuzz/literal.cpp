// Parses a list or table in a text field: JSON and Python literals give the same values.
#include "records/literal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fuzz.hpp"

namespace bingefriend {
namespace {

using Json = nlohmann::json;

void promise(bool holds) {
    if (!holds) {
        __builtin_trap();
    }
}

std::size_t items_of(const Literal& literal) {
    std::size_t count = 1;
    for (const Literal& item : literal.items) {
        count += items_of(item);
    }
    return count;
}

bool is_list_of_texts(const Json& json) {
    return json.is_array() && json.size() < max_literal_items &&
           std::all_of(json.begin(), json.end(), [](const Json& e) { return e.is_string() || e.is_null(); });
}

void expect_same(const std::optional<Literal>& literal, const Json& texts) {
    promise(literal && literal->kind == Literal::Kind::list && literal->items.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Literal& item = literal->items[i];
        promise(texts[i].is_null()
                    ? item.kind == Literal::Kind::missing
                    : item.kind == Literal::Kind::text && item.text == texts[i].get<std::string>());
    }
}

// Writes a value like Python's repr().
std::string in_python(const Json& texts) {
    std::string python = "[";
    for (const Json& text : texts) {
        if (text.is_null()) {
            python += "None, ";
            continue;
        }
        python += '\'';
        for (const char c : text.get<std::string>()) {
            python += c == '\'' || c == '\\' ? std::string{'\\', c} : c == '\n' ? "\\n" : std::string(1, c);
        }
        python += "', ";
    }
    python += ']';
    return python;
}

}  // namespace

void try_input(std::string_view input) {
    const std::optional<Literal> literal = parse_literal(input);
    promise(!literal || items_of(*literal) <= max_literal_items);
    const bool is_text = input.find('\0') == std::string_view::npos;  // nlohmann stops at NUL
    const Json json = Json::parse(is_text ? input : std::string_view(), nullptr, false);
    if (is_list_of_texts(json) && !input.starts_with("\xef\xbb\xbf")) {
        expect_same(literal, json);
        expect_same(parse_literal(in_python(json)), json);
    }
}

}  // namespace bingefriend
