// Plots as SVG, to stand within an HTML page. All texts are escaped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/bootstrap.hpp"

namespace bingefriend {

// The text for HTML and SVG, also within quotes.
[[nodiscard]] std::string escaped(std::string_view text);

struct PlotSeries {
    std::string name;
    std::string style;  // a class of the page's style sheet that sets its colour
};

// A row of estimates: a mark per series, with its interval.
struct PlotRow {
    std::string name;
    std::vector<std::optional<Estimate>> marks;  // per series
};

// Estimates with their intervals over a common axis, a line for each mark. The axis includes 0.
[[nodiscard]] std::string interval_plot(std::string_view title, const std::vector<PlotSeries>& series,
                                        const std::vector<PlotRow>& rows);

struct PlotPoint {
    double x = 0;
    double y = 0;
};

enum class Axis { linear, logarithmic };

// A line per series. REQUIRES: x > 0 on a logarithmic axis.
[[nodiscard]] std::string line_plot(std::string_view title, std::string_view x_title, Axis x_axis,
                                    const std::vector<PlotSeries>& series,
                                    const std::vector<std::vector<PlotPoint>>& lines);

}  // namespace bingefriend
