// The one place that writes to the standard output.  What could not be written is an error of the program,
// found at its end at the latest.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/display_text.hpp"

namespace bingefriend {

// Texts become std::string; other values stay what they are.
template <typename Value>
using Displayed =
    std::conditional_t<std::is_convertible_v<const Value&, std::string_view>, std::string, Value>;

template <typename Value>
[[nodiscard]] decltype(auto) displayed(const Value& value) {
    if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
        return display_text(std::string_view(value));
    } else {
        return static_cast<const Value&>(value);
    }
}

// fmt::format for people: each text that it is given stays on its line and is harmless on a terminal.
template <typename... Values>
[[nodiscard]] std::string display_format(fmt::format_string<Displayed<Values>...> format,
                                         const Values&... values) {
    const auto formatted = [&format](const auto&... shown) {
        return fmt::vformat(format, fmt::make_format_args(shown...));
    };
    return formatted(displayed(values)...);
}

// The rest is safe to call from any thread.  None throws but check_output, finish_output and write_output:
// after the first failure the others write nothing, so that work goes on whose output nobody can read.

// For people: lines that the program laid out, of texts that anybody wrote.
void print_lines(std::string_view lines);

template <typename... Values>
void print(fmt::format_string<Displayed<Values>...> format, const Values&... values) {
    print_lines(display_format(format, values...));
}

// For programs: these bytes, and no others.  Throws Error{unavailable} where they cannot be written.
void write_output(std::string_view bytes);

// JSON for programs, which a terminal may show too.  Throws as write_output does.
void write_json_line(std::string_view json);

// Lines of a log on the standard output. Waits for a reader that is slow; after `stop` for one that takes
// nothing only a second longer. Returns how many bytes were written.
std::size_t write_log_lines(std::string_view lines, const std::stop_token& stop) noexcept;

// Whether standard output and standard error take a line at once: false for a full pipe that nobody reads.
[[nodiscard]] bool can_print() noexcept;

// Of the terminal that the standard output is; any_width if it is none.
[[nodiscard]] std::size_t output_columns() noexcept;

// Writes what waits to be written.
void flush_output() noexcept;

// Throws Error{unavailable} where anything could not be written until now.  A pipe that is closed ends the
// process as SIGPIPE does, without a word.
void check_output();

// The last of a program's output.  Throws as check_output does; a file system may report only now that its
// disk is full.
void finish_output();

// To be called once, before anything is opened: a file must not take the place of a standard stream that is
// closed, and a pipe that is closed must not end a run of the pipeline.
void prepare_standard_streams();

}  // namespace bingefriend
