#include "api/canonical.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "api/parameters.hpp"
#include "base/numbers.hpp"
#include "base/text.hpp"

namespace bingefriend {
namespace {

// As parameters.cpp reads them.
enum class Form {
    whole,  // a whole number; the last value counts
    real,   // a number; the last value counts
    names,  // each value but empty ones
    ids,    // of all values, with commas
    text,   // the last value counts
};

struct Spelling {
    std::string_view name;
    Form form;
    std::optional<std::string_view> fallback = std::nullopt;  // the default
};

constexpr auto spellings = std::to_array<Spelling>({
    {"n", Form::whole, "10"},
    {"offset", Form::whole, "0"},
    {"limit", Form::whole},  // the default depends on the route
    {"min_similarity", Form::real, "0"},
    {"min_rating", Form::real},
    {"diversity", Form::real, "0"},
    {"max_per_franchise", Form::whole},
    {"genre", Form::names},
    {"type", Form::names},
    {"language", Form::names},
    {"network", Form::names},
    {"status", Form::names},
    {"like", Form::ids, ""},
    {"unlike", Form::ids, ""},
    {"exclude", Form::ids, ""},
    {"show_ids", Form::ids},  // an empty list is not the same as none
    {"weights", Form::text},
    {"q", Form::text},
});

Spelling spelling_of(std::string_view name) {
    const auto at = std::find_if(spellings.begin(), spellings.end(),
                                 [&](const Spelling& spelling) { return spelling.name == name; });
    return at == spellings.end() ? Spelling{name, Form::names} : *at;
}

std::string whole(std::string_view text) {
    const std::optional<std::int64_t> number = parse_number<std::int64_t>(text);
    return number ? fmt::format(FMT_COMPILE("{}"), *number) : std::string(text);
}

std::string real(std::string_view text) {
    const std::optional<double> number = parse_number<double>(text);
    return number ? fmt::format(FMT_COMPILE("{}"), *number == 0 ? 0.0 : *number) : std::string(text);
}

std::string ids(const std::vector<std::string_view>& lists) {
    std::string all;
    for (std::string_view list : lists) {
        while (!list.empty()) {
            all += (all.empty() ? "" : ",") + whole(next_part(list, ','));
        }
    }
    return all;
}

void add(std::string& text, char kind, std::string_view part) {
    text += kind;
    text += std::to_string(part.size());  // as a part may hold any byte
    text += ':';
    text += part;
}

void add_parameter(std::string& text, const Spelling& spelling, std::string_view value) {
    if (value != spelling.fallback) {
        add(text, '?', spelling.name);
        add(text, '=', value);
    }
}

void add_parameter(std::string& text, std::string_view name, const Target& target) {
    const std::vector<std::string_view> values = target.values(name);
    if (values.empty()) {
        return;
    }
    const Spelling spelling = spelling_of(name);
    switch (spelling.form) {
        case Form::whole:
            return add_parameter(text, spelling, whole(values.back()));
        case Form::real:
            return add_parameter(text, spelling, real(values.back()));
        case Form::ids:
            return add_parameter(text, spelling, ids(values));
        case Form::text:
            return add_parameter(text, spelling, values.back());
        case Form::names:
            for (const std::string_view value : values) {
                if (!value.empty() || values.size() > max_names) {  // which are refused
                    add_parameter(text, spelling, value);
                }
            }
    }
}

}  // namespace

std::string canonical_text(const Target& target, const Route& route) {
    std::string text;
    std::string_view pattern = route.path.substr(1);
    for (const std::string& segment : target.path) {
        add(text, '/', next_part(pattern, '/') == "{show_id}" ? whole(segment) : segment);
    }
    for (const std::string_view name : route.parameters) {
        add_parameter(text, name, target);
    }
    return text;
}

}  // namespace bingefriend
