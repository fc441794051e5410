#include "console/table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/code_points.hpp"
#include "base/display_text.hpp"

namespace bingefriend {
namespace {

constexpr std::size_t max_cell = 48;
constexpr std::size_t min_cell = 8;
constexpr std::size_t gap = 2;
constexpr std::size_t max_marks = 8;  // per character; hundreds would cover the lines around it

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        width += display_width(next_code_point(text, at));
    }
    return width;
}

// Safe to display, and with few marks on each character.
std::string displayable(const std::string& cell) {
    const std::string text = display_text(cell);
    std::string result;
    std::size_t marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        marks = display_width(next_code_point(text, at)) == 0 ? marks + 1 : 0;
        if (marks <= max_marks) {
            result.append(text, begin, at - begin);
        }
    }
    return result;
}

// Cuts the text to this many columns, with "…" in place of the rest.
std::string cut(const std::string& text, std::size_t columns) {
    if (width_of(text) <= columns) {
        return text;
    }
    std::size_t width = 0;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        width += display_width(next_code_point(text, at));
        if (width > columns - 1) {
            break;
        }
        end = at;
    }
    return text.substr(0, end) + "…";
}

}  // namespace

Table::Table(std::vector<std::string> header, std::vector<Align> alignment)
    : alignment_(std::move(alignment)) {
    add(std::move(header));
}

void Table::add(std::vector<std::string> cells) {
    std::transform(cells.begin(), cells.end(), cells.begin(), displayable);
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths() const {
    std::vector<std::size_t> widths(alignment_.size());
    for (const std::vector<std::string>& row : rows_) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], width_of(row[column]));
        }
    }
    return widths;
}

std::string Table::text(std::size_t max_columns) const {
    const std::vector<std::size_t> whole = widths();
    std::vector<std::size_t> shown;
    for (std::size_t cell = max_cell; cell >= min_cell; --cell) {
        shown = whole;
        std::size_t total = gap * (whole.size() - 1);
        for (std::size_t column = 0; column < whole.size(); ++column) {
            if (alignment_[column] == Align::left) {
                shown[column] = std::min(whole[column], cell);
            }
            total += shown[column];
        }
        if (total <= max_columns) {
            break;
        }
    }
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string cell = cut(row[column], shown[column]);
            const std::string padding(shown[column] - width_of(cell), ' ');
            line += column == 0 ? "" : std::string(gap, ' ');
            line += alignment_[column] == Align::right ? padding + cell : cell + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

}  // namespace bingefriend
