#include "console/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "base/numbers.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t default_columns = 80;  // a serial line does not report its width

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
    const auto columns = parse_number<std::size_t>(variable("COLUMNS"));
    if (columns && *columns > 0) {
        return *columns;
    }
    winsize size{};
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : default_columns;
}

}  // namespace bingefriend
