// The one place that writes to standard output. A failed write is an error of the program, reported at its
// end at the latest.
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

// fmt::format for people: each text argument stays on its line and is harmless on a terminal.
template <typename... Values>
[[nodiscard]] std::string display_format(fmt::format_string<Displayed<Values>...> format,
                                         const Values&... values) {
    const auto formatted = [&format](const auto&... shown) {
        return fmt::vformat(format, fmt::make_format_args(shown...));
    };
    return formatted(displayed(values)...);
}

// The rest is thread-safe. Only check_output, finish_output and the writers for programs throw: after the
// first failure the others write nothing, so that the work goes on even if nobody can read its output.

// For people: lines laid out by the program, with texts from any source.
void print_lines(std::string_view lines);

template <typename... Values>
void print(fmt::format_string<Displayed<Values>...> format, const Values&... values) {
    print_lines(display_format(format, values...));
}

// For programs: exactly these bytes. Throws Error{unavailable} if they cannot be written.
void write_output(std::string_view bytes);

// For programs: JSON, which is harmless on a terminal too. Throws as write_output does.
void write_json_line(std::string_view json);

// Writes lines of a log. Waits for a slow reader; after `stop` only 1 s for a reader that reads nothing.
// Returns the number of bytes written.
std::size_t write_log_lines(std::string_view lines, const std::stop_token& stop) noexcept;

// True if standard output and standard error accept a line without blocking: false for a full pipe.
[[nodiscard]] bool can_print() noexcept;

// Width of the terminal; any_width if standard output is not a terminal.
[[nodiscard]] std::size_t output_columns() noexcept;

// Writes the buffered output.
void flush_output() noexcept;

// Throws Error{unavailable} if anything could not be written so far. A closed pipe ends the process silently,
// as SIGPIPE does.
void check_output();

// Ends the output of the program. Throws as check_output does; some file systems report a full disk only now.
void finish_output();

// Call this once, before anything is opened: no file may get the descriptor of a closed standard stream, and
// a closed pipe must not end a run of the pipeline.
void prepare_standard_streams();

}  // namespace bingefriend
