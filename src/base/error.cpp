#include "base/error.hpp"

#include "base/display_text.hpp"
#include "base/shown_url.hpp"

namespace bingefriend {
namespace {

// Control characters would break the promise of one line, or the terminal that shows it.
std::string one_line(std::string_view what, std::string_view where, std::string_view remedy) {
    std::string line;
    for (const std::string_view part : {what, where, remedy}) {
        if (part.empty()) {
            continue;
        }
        if (!line.empty()) {
            line += ": ";
        }
        line += display_text(part);
    }
    return line;
}

}  // namespace

Error::Error(ErrorKind kind, std::string_view what, std::string_view where, std::string_view remedy)
    : std::runtime_error(one_line(what, with_shown_urls(where), remedy)), kind_(kind) {}

int exit_code(ErrorKind kind) noexcept {
    return kind == ErrorKind::usage ? 2 : 1;
}

}  // namespace bingefriend
