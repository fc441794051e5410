#include "app/table.hpp"

#include "domain/display_text.hpp"

#include <algorithm>
#include <clocale>
#include <cwchar>
#include <utility>

namespace bingefriend {
namespace {

constexpr std::size_t widest_cell = 48;

struct Shown {
    std::string text;
    std::size_t width = 0;  // columns on a terminal: a Chinese character takes two
};

// The text as far as it fits; what has no width becomes a question mark.
Shown shown(const std::string& cell) {
    static const bool utf8 = std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr;
    const std::string text = display_text(cell);
    Shown result;
    std::mbstate_t state{};
    for (std::size_t at = 0; at < text.size();) {
        wchar_t c = 0;
        const std::size_t length = utf8 ? std::mbrtowc(&c, text.data() + at, text.size() - at, &state) : 1;
        const int width = length - 1 < text.size() && utf8 ? ::wcwidth(c) : 1;
        const bool known = length - 1 < text.size() && width >= 0;
        if (result.width + static_cast<std::size_t>(known ? width : 1) > widest_cell - 1) {
            return {result.text + "…", result.width + 1};
        }
        result.text += known ? text.substr(at, length) : "?";
        result.width += static_cast<std::size_t>(known ? width : 1);
        at += known ? length : 1;
    }
    return result;
}

}  // namespace

Table::Table(std::vector<std::string> header, std::vector<Align> alignment)
    : alignment_(std::move(alignment)), rows_{std::move(header)} {}

void Table::add(std::vector<std::string> cells) {
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths(alignment_.size());
    for (const std::vector<std::string>& row : rows_) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], shown(row[column]).width);
        }
    }
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const Shown cell = shown(row[column]);
            const std::string padding(widths[column] - cell.width, ' ');
            line += column == 0 ? "" : "  ";
            line += alignment_[column] == Align::right ? padding + cell.text : cell.text + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

}  // namespace bingefriend
