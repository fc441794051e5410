#include "domain/error.hpp"

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
        for (const char c : part) {
            line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        }
    }
    return line;
}

}  // namespace

Error::Error(ErrorKind kind, std::string_view what, std::string_view where, std::string_view remedy)
    : std::runtime_error(one_line(what, where, remedy)), kind_(kind) {}

int exit_code(ErrorKind kind) noexcept {
    return kind == ErrorKind::usage ? 2 : 1;
}

}  // namespace bingefriend
