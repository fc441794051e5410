// A table for terminals.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "console/terminal.hpp"

namespace bingefriend {

enum class Align { left, right };

class Table {
  public:
    Table(std::vector<std::string> header, std::vector<Align> alignment);

    // REQUIRES: as many cells as the header.
    void add(std::vector<std::string> cells);

    // Columns as wide as their widest cell on a terminal, two spaces between them. Cells aligned left are cut
    // to 48 columns, or to as few as needed for lines of `max_columns`, but never below 8.
    [[nodiscard]] std::string text(std::size_t max_columns = any_width) const;

  private:
    [[nodiscard]] std::vector<std::size_t> widths() const;

    std::vector<Align> alignment_;
    std::vector<std::vector<std::string>> rows_;  // as they are displayed
};

}  // namespace bingefriend
