#include "app/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace bingefriend {
namespace {

using namespace std::chrono_literals;

std::string described(std::size_t done, std::size_t total, double seconds) {
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    if (total == 0) {
        return fmt::format("{}, {}/s", with_commas(done), with_commas(static_cast<std::size_t>(rate)));
    }
    const double left = rate > 0 ? static_cast<double>(total - done) / rate : 0;
    return fmt::format("{} of {} ({:.0f}%), {}/s, {:.0f} s left", with_commas(done), with_commas(total),
                       100.0 * static_cast<double>(done) / static_cast<double>(total),
                       with_commas(static_cast<std::size_t>(rate)), left);
}

}  // namespace

ProgressLine::ProgressLine(std::string stage)
    : stage_(std::move(stage)), terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    if (line_open_) {
        std::fputs("\r\x1b[K", stderr);
    }
}

void ProgressLine::operator()(std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < (terminal_ ? 100ms : 5s)) {
        return;
    }
    shown_ = now;
    const std::string text = fmt::format("{}: {}", stage_, described(done, total, seconds()));
    if (terminal_) {
        fmt::print(stderr, "\r{}\x1b[K", text);
        std::fflush(stderr);
        line_open_ = true;
    } else {
        fmt::print(stderr, "{}\n", text);
    }
}

double ProgressLine::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

}  // namespace bingefriend
