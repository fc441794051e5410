#include "app/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace bingefriend {
namespace {

constexpr std::size_t usual_columns = 80;  // of a terminal that does not say: a serial line

std::string_view variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace

bool can_redraw(int descriptor) noexcept {
    const std::string_view terminal = variable("TERM");
    return ::isatty(descriptor) == 1 && terminal != "dumb" && !terminal.empty();
}

std::size_t terminal_columns(int descriptor) noexcept {
    if (::isatty(descriptor) != 1) {
        return any_width;
    }
    const std::string_view text = variable("COLUMNS");
    std::size_t columns = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    if (error == std::errc() && end == text.data() + text.size() && columns > 0) {
        return columns;
    }
    winsize size{};
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual_columns;
}

}  // namespace bingefriend
