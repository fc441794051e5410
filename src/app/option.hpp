// An option of a command, described without the library that parses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/secret.hpp"

namespace bingefriend {

// Where the value goes. A bool is a flag; an optional stays empty if the option is not given.
using OptionTarget =
    std::variant<bool*, std::string*, std::size_t*, double*, std::filesystem::path*,
                 std::vector<std::string>*, std::optional<std::string>*, std::optional<std::size_t>*,
                 std::optional<std::int64_t>*, std::optional<std::uint16_t>*, std::optional<double>*,
                 std::optional<std::filesystem::path>*, std::optional<Secret>*>;

struct Range {
    double min = 0;
    double max = 0;
};
using Choices = std::vector<std::string>;

struct Option {
    std::string names;  // "-n,--n"; a name without dashes is a positional argument
    OptionTarget target;
    std::string meaning;
    // What it takes: any value, which the help calls so (FILE and DIR complete to paths); a number; a word.
    std::variant<std::string, Range, Choices> values{};
    bool required = false;
};

using OptionList = std::vector<Option>;

void append(OptionList& list, std::initializer_list<Option> more);

// "-n", "--n"
[[nodiscard]] std::vector<std::string> names_of(const Option& option);

[[nodiscard]] bool is_positional(const Option& option);
[[nodiscard]] bool is_flag(const Option& option);

// The value as the help shows it: "FILE", "INT in [1 - 9]", "{text,json}". Empty for a flag.
[[nodiscard]] std::string value_text(const Option& option);

// What the target holds, that is the default before the command line is parsed. Empty for a flag, an empty
// text and an optional.
[[nodiscard]] std::string default_text(const Option& option);

}  // namespace bingefriend
