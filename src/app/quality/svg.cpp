#include "app/quality/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace bingefriend {
namespace {

// Maps values to positions, with round ticks.
class Scale {
  public:
    Scale(double low, double high, double from, double to, Axis axis = Axis::linear)
        : axis_(axis), low_(at(low)), high_(at(high)), from_(from), to_(to) {
        if (!(high_ > low_)) {
            high_ = low_ + 1;
        }
    }

    [[nodiscard]] double operator()(double value) const {
        return from_ + (at(value) - low_) / (high_ - low_) * (to_ - from_);
    }

    [[nodiscard]] std::vector<double> ticks() const {
        return axis_ == Axis::linear ? linear_ticks() : logarithmic_ticks();
    }

  private:
    [[nodiscard]] double at(double value) const { return axis_ == Axis::linear ? value : std::log10(value); }
    // Four to nine multiples of 1, 2 or 5 times a power of ten.
    [[nodiscard]] std::vector<double> linear_ticks() const {
        double step = std::pow(10, std::floor(std::log10((high_ - low_) / 4)));
        for (const double factor : {5.0, 2.0}) {
            if ((high_ - low_) / (step * factor) >= 4) {
                step *= factor;
                break;
            }
        }
        std::vector<double> ticks;
        for (double i = std::ceil(low_ / step - 1e-9); i * step <= high_ + step * 1e-9; ++i) {
            ticks.push_back(i * step);
        }
        return ticks;
    }
    [[nodiscard]] std::vector<double> logarithmic_ticks() const {
        std::vector<double> ticks;
        for (double power = std::floor(low_); power <= high_; ++power) {
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double tick = std::pow(10, power) * factor;
                if (at(tick) >= low_ - 1e-9 && at(tick) <= high_ + 1e-9) {
                    ticks.push_back(tick);
                }
            }
        }
        return ticks;
    }

    Axis axis_;
    double low_;
    double high_;
    double from_;
    double to_;
};

constexpr double plot_width = 640;
constexpr double margin_right = 16;
constexpr double text_height = 18;

class Drawing {
  public:
    Drawing(std::string_view title, double height) {
        add(R"(<svg viewBox="0 0 {} {}" role="img" aria-label="{}">)", plot_width, height, escaped(title));
    }

    template <typename... Values>
    void add(fmt::format_string<Values...> format, Values&&... values) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    }
    void line(std::string_view style, double x1, double y1, double x2, double y2) {
        add(R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)", style, x1, y1, x2, y2);
    }
    void text(std::string_view style, double x, double y, std::string_view content) {
        add(R"(<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>)", style, x, y, escaped(content));
    }
    [[nodiscard]] std::string take() {
        add("</svg>");
        return std::move(text_);
    }

  private:
    std::string text_;
};

std::string tick_text(double value) {
    return std::abs(value) < 1e-12 ? "0" : fmt::format("{:.6g}", value);
}

std::string legend(const std::vector<PlotSeries>& series) {
    std::string text = R"(<p class="legend">)";
    for (const PlotSeries& s : series) {
        text += fmt::format(R"(<span class="{}"><i></i>{}</span>)", s.style, escaped(s.name));
    }
    return text + "</p>";
}

std::string figure(std::string_view title, const std::vector<PlotSeries>& series, std::string drawing) {
    return fmt::format("<figure><figcaption>{}</figcaption>{}{}</figure>", escaped(title), legend(series),
                       std::move(drawing));
}

Scale scale_of(const std::vector<PlotRow>& rows, double from) {
    double low = 0;
    double high = 0;
    for (const PlotRow& row : rows) {
        for (const auto& mark : row.marks) {
            low = mark ? std::min(low, mark->low) : low;
            high = mark ? std::max(high, mark->high) : high;
        }
    }
    const double room = (high - low) * 0.04;
    return {low < 0 ? low - room : 0, high > 0 ? high + room : 0, from, plot_width - margin_right};
}

double label_width(const std::vector<PlotRow>& rows) {
    std::size_t longest = 4;
    for (const PlotRow& row : rows) {
        longest = std::max(longest, row.name.size());
    }
    return std::min(240.0, 24 + 7.0 * static_cast<double>(longest));
}

void draw_mark(Drawing& drawing, const Scale& x, double y, const Estimate& e, const PlotSeries& series) {
    drawing.add(R"(<g class="{}"><title>{}: {:.4f} ({:.4f} to {:.4f})</title>)", series.style,
                escaped(series.name), e.mean, e.low, e.high);
    drawing.line("interval", x(e.low), y, x(e.high), y);
    drawing.add(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4"/></g>)", x(e.mean), y);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string interval_plot(std::string_view title, const std::vector<PlotSeries>& series,
                          const std::vector<PlotRow>& rows) {
    constexpr double mark_height = 13;
    const double left = label_width(rows);
    const double row_height = mark_height * static_cast<double>(series.size()) + 12;
    const double bottom = row_height * static_cast<double>(rows.size()) + 4;
    Drawing drawing(title, bottom + text_height + 6);
    const Scale x = scale_of(rows, left);
    for (const double tick : x.ticks()) {
        drawing.line(std::abs(tick) < 1e-12 ? "zero" : "grid", x(tick), 0, x(tick), bottom);
        drawing.text("tick", x(tick), bottom + text_height, tick_text(tick));
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const double top = row_height * static_cast<double>(r);
        drawing.text("label", left - 12, top + row_height / 2 + 4, rows[r].name);
        for (std::size_t s = 0; s < series.size() && s < rows[r].marks.size(); ++s) {
            if (const auto& mark = rows[r].marks[s]) {
                draw_mark(drawing, x, top + 6 + mark_height * (static_cast<double>(s) + 0.5), *mark,
                          series[s]);
            }
        }
    }
    return figure(title, series, drawing.take());
}

std::string line_plot(std::string_view title, std::string_view x_title, Axis x_axis,
                      const std::vector<PlotSeries>& series,
                      const std::vector<std::vector<PlotPoint>>& lines) {
    constexpr double left = 56;
    constexpr double bottom = 300;
    double right = 1;
    double high = 0;
    for (const auto& line : lines) {
        for (const PlotPoint& point : line) {
            right = std::max(right, point.x);
            high = std::max(high, point.y);
        }
    }
    Drawing drawing(title, bottom + 2 * text_height + 6);
    const Scale x(1, right, left, plot_width - margin_right, x_axis);
    const Scale y(0, high * 1.04, bottom, 8);
    for (const double tick : y.ticks()) {
        drawing.line("grid", left, y(tick), plot_width - margin_right, y(tick));
        drawing.text("label", left - 8, y(tick) + 4, tick_text(tick));
    }
    for (const double tick : x.ticks()) {
        drawing.text("tick", x(tick), bottom + text_height, tick_text(tick));
    }
    drawing.text("tick", (left + plot_width) / 2, bottom + 2 * text_height, x_title);
    for (std::size_t s = 0; s < lines.size(); ++s) {
        drawing.add(R"(<g class="{}"><title>{}</title><polyline points=")", series[s].style,
                    escaped(series[s].name));
        for (const PlotPoint& point : lines[s]) {
            drawing.add("{:.1f},{:.1f} ", x(point.x), y(point.y));
        }
        drawing.add(R"("/></g>)");
    }
    return figure(title, series, drawing.take());
}

}  // namespace bingefriend
