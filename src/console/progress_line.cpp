#include "console/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "console/log.hpp"
#include "console/terminal.hpp"

namespace bingefriend {
namespace {

using namespace std::chrono_literals;

double rate_of(std::size_t done, double seconds) {
    return seconds > 0 ? static_cast<double>(done) / seconds : 0;
}

double seconds_left(std::size_t done, std::size_t total, double seconds) {
    const double rate = rate_of(done, seconds);
    return rate > 0 && total > done ? static_cast<double>(total - done) / rate : 0;
}

// A line that wraps cannot be overwritten.
std::string cut_to_terminal(std::string line) {
    line.resize(std::min(line.size(), terminal_columns(STDERR_FILENO) - 1));
    return line;
}

nlohmann::json fields_of(const std::string& stage, std::size_t done, std::size_t total, double seconds) {
    nlohmann::json fields{{"stage", stage}, {"done", done}, {"rate", rate_of(done, seconds)}};
    if (total > 0) {
        fields["total"] = total;
        fields["seconds_left"] = seconds_left(done, total, seconds);
    }
    return fields;
}

}  // namespace

ProgressLine::ProgressLine(std::string stage, ProgressUnit unit)
    : stage_(std::move(stage)),
      unit_(unit),
      terminal_(can_redraw(STDERR_FILENO) && log_format() == LogFormat::text) {}

ProgressLine::~ProgressLine() {
    if (line_open_) {
        std::fputs("\r\x1b[K", stderr);
    }
}

void ProgressLine::operator()(std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (log_is_quiet() || now - shown_ < (terminal_ ? 100ms : 5s)) {
        return;
    }
    shown_ = now;
    const std::string text = fmt::format("{}: {}", stage_, progress_text(done, total, seconds(), unit_));
    if (terminal_) {
        fmt::print(stderr, "\r{}\x1b[K", cut_to_terminal(text));
        std::fflush(stderr);
        line_open_ = true;
    } else {
        log_line(text, fields_of(stage_, done, total, seconds()));
    }
}

double ProgressLine::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

std::string progress_text(std::size_t done, std::size_t total, double seconds, ProgressUnit unit) {
    const auto shown = unit == ProgressUnit::bytes ? with_unit : with_commas;
    const std::string rate = shown(static_cast<std::size_t>(rate_of(done, seconds)));
    if (total == 0) {
        return fmt::format("{}, {}/s", shown(done), rate);
    }
    return fmt::format("{} of {} ({:.0f}%), {}/s, {} left", shown(done), shown(total),
                       100.0 * static_cast<double>(done) / static_cast<double>(total), rate,
                       duration_text(seconds_left(done, total, seconds)));
}

std::string duration_text(double seconds) {
    if (seconds < 100) {
        return fmt::format("{:.0f} s", seconds);
    }
    return seconds < 6'000 ? fmt::format("{:.0f} min", seconds / 60)
                           : fmt::format("{:.1f} h", seconds / 3'600);
}

std::string with_commas(std::size_t number) {
    return fmt::format("{}", fmt::group_digits(number));
}

std::string with_unit(std::size_t bytes) {
    constexpr const char* units[] = {"kB", "MB", "GB", "TB"};
    if (bytes < 1'000) {
        return fmt::format("{} bytes", bytes);
    }
    double value = static_cast<double>(bytes) / 1'000;
    std::size_t unit = 0;
    for (; value >= 1'000 && unit + 1 < std::size(units); ++unit) {
        value /= 1'000;
    }
    return fmt::format("{:.1f} {}", value, units[unit]);
}

}  // namespace bingefriend
